// One request to the server, and what it means when there is no answer to it.

import { desk, form } from "./boxes.js";
import { say } from "./telling.js";

const ANSWER = 20_000; // ms to wait for an answer

export const windowName = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");

/** The token of the login that is valid now: another window may have logged in again. */
export function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form()?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** body: {revision, place, turn, cells, ops}, and leaves: true when the page is being closed. */
export function send(body) {
  const { live, user, page } = desk().dataset;
  return fetch(live, {
    method: "POST", credentials: "same-origin", redirect: "manual", keepalive: body.leaves === true,
    body: JSON.stringify({ window: windowName, user: Number(user), page, ...body }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    signal: AbortSignal.timeout(ANSWER),
  });
}

/** {told} is the answer; without one, then says when to try again: "soon", "login" (after it), "less" (with less text), "never".
 * It is said on the page, but for "less": that is said of a box, in the sentence. */
export async function ask(body) {
  let response;
  try {
    response = await send(body);
  } catch {
    say("offline");
    return { then: "soon" };
  }
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const told = isJson ? await response.json().catch(() => null) : null;
  return response.ok && told ? { told } : refused(response.status, told);
}

function refused(status, told) {
  // 403 without a sentence of ours: the token of a login that ended meanwhile.
  if (status === 401 || (status === 403 && !told)) {
    say(told?.person ? "person" : "session");
    return { then: "login" };
  }
  if (status === 413 && told) return { then: "less", sentence: told.sentence };
  if (status >= 500 || status === 429 || status === 0 || status === 200) {
    say("offline");
    return { then: "soon" };
  }
  say(status === 409 ? "closed" : "refused", told?.sentence ?? "");
  return { then: "never" };
}
