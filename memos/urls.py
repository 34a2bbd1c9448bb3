"""The editor's addresses, under /o/<org>/."""

app_name = "memos"
urlpatterns: list = []
