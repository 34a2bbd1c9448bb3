"""People deciding. django-fsm 3.0.1 is pinned on purpose (design: a drop-in exit exists); its farewell is not news."""

import warnings

warnings.filterwarnings(
    "ignore", message="The 'django-fsm' package has been integrated", category=UserWarning
)
