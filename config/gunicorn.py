"""How gunicorn serves the site: two processes with a few threads each; says where once it listens."""

import os

wsgi_app = "config.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # the code is loaded once and shared
loglevel = "error"
control_socket_disable = True
forwarder_headers = ""  # a SCRIPT_NAME that a proxy lets through would put its sender's addresses into stored pages


def when_ready(server):
    site = os.environ.get("BRIEFINGS_SITE_URL", "").rstrip("/")
    if site:
        print(f"Site:   {site}/\nAdmin:  {site}/admin/\nStop with Ctrl-C.", flush=True)
