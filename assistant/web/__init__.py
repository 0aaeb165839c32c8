"""Pages and API. `app.create_app` puts them together; `api` speaks JSON, `pages` HTML, `problems` errors."""
