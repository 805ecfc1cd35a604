"""How the site is put together: settings, addresses and the WSGI entry point. Nothing about briefings themselves."""
