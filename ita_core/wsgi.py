"""What a web server runs: ``ita_core.wsgi:application``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
application = get_wsgi_application()

# A page makes thousands of rows and drops them whole. Looked through every 700 objects, together with all modules that
# never go, they cost a tenth of each page: what is loaded now is left out, and the collector comes more seldom.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
