"""viewflow's own pages, for the superuser who looks after the machinery: lists, details, the chart. Nothing can be moved.

Cancelling, undoing or reviving a task there would not touch the report's state, and reviving drops a task's permission
(and an empty one means everyone), so those views are taken off every node. Officers never see these pages.
"""

from django.urls import URLPattern, path
from viewflow.urls import Site
from viewflow.workflow.flow.viewset import FlowAppViewset

from workflows.flows import ReportApproval

_SWITCHED_OFF = ("undo_view_class", "cancel_view_class", "revive_view_class", "execute_view_class")
for _node in ReportApproval.instance.nodes():
    for _name in _SWITCHED_OFF:
        setattr(_node, _name, None)


class ReadOnlyFlow(FlowAppViewset):
    tasks_assign_path = None
    tasks_unassign_path = None

    @property
    def process_cancel_path(self) -> URLPattern:
        """The page of a process links to this name, so it cannot be missing; the link leads back to the page."""
        return path("<int:process_pk>/", self.process_detail_view, name="process_cancel")


site = Site(
    title="viewflow",
    viewsets=[ReadOnlyFlow(ReportApproval, icon="assignment")],
    permission=lambda user: user.is_superuser,
)

urlpatterns = [path("", site.urls)]
