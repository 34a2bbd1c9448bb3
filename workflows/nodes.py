"""The one node of our own: a task that waits for somebody and is completed from NEW.

viewflow's View node must be assigned to one person first, and an owner on leave would block everybody else. A permission
string is always stored, because an empty one means everyone to viewflow's stock queue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.flow import Handle
from viewflow.workflow.nodes.handle import HandleActivation


class WaitingActivation(HandleActivation):
    @classmethod
    def create(
        cls, flow_task: Waiting, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None
    ) -> WaitingActivation:
        task = flow_task.flow_class.task_class(
            process=prev_activation.process, flow_task=flow_task, token=token
        )
        task.owner_permission = flow_task.permission(prev_activation.process)
        task.save()
        task.previous.add(prev_activation.task)
        return cls(task)


class Waiting(Handle):
    task_type = "HUMAN"
    activation_class = WaitingActivation

    def __init__(self, permission: Callable[[Any], str]) -> None:
        super().__init__()
        self.permission = permission
