"""viewflow's own pages, for the superuser who looks after the machinery: lists, details, the chart. Nothing can be moved.

Cancelling, undoing or reviving a task there would not touch the report's state, and reviving drops a task's permission
(and an empty one means everyone), so those views are taken off every node. Officers never see these pages.
"""

from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow.viewset import FlowAppViewset

from workflows.flows import ReportApproval

_SWITCHED_OFF = ("undo_view_class", "cancel_view_class", "revive_view_class", "execute_view_class")
for _node in ReportApproval.instance.nodes():
    for _name in _SWITCHED_OFF:
        setattr(_node, _name, None)


class ReadOnlyFlow(FlowAppViewset):
    process_cancel_path = None
    tasks_assign_path = None
    tasks_unassign_path = None


site = Site(
    title="viewflow",
    viewsets=[ReadOnlyFlow(ReportApproval, icon="assignment")],
    permission=lambda user: user.is_superuser,
)

urlpatterns = [path("", site.urls)]
