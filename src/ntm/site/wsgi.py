"""The server's door."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm.site.settings")
application = get_wsgi_application()

from ntm.records.people.checks import refuse_demonstration  # noqa: E402  the applications are loaded only now

refuse_demonstration()
