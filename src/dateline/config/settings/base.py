"""What every newsroom has in common. What differs is read by `options`."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy

from dateline.config.page_keys import PAGE_KEYS
from dateline.config.settings import options

PACKAGE = Path(__file__).resolve().parents[2]
OPTIONS = options.read()

DATELINE_DATA = OPTIONS.data
DATELINE_SITE_URL = OPTIONS.public_url
DATELINE_PAGES: Path | None = OPTIONS.data / "pages"
DATELINE_PAGES_BYTES = OPTIONS.pages_megabytes * 1_000_000
DATELINE_PAGE_KEYS = PAGE_KEYS
DATELINE_SURROGATE_KEYS = OPTIONS.surrogate_keys
DATELINE_PURGE_CACHES = OPTIONS.purge_caches
DATELINE_PURGE_LIFETIME = OPTIONS.purge_lifetime
DATELINE_PURGE_LIFETIME_BY_ADDRESS = OPTIONS.purge_lifetime_by_address
DATELINE_PURGE_SECRETS = OPTIONS.purge_secrets
SECRET_KEY = OPTIONS.signing_secret
DEBUG = OPTIONS.debug
ALLOWED_HOSTS = OPTIONS.hosts
CSRF_TRUSTED_ORIGINS = [OPTIONS.public_url]

INSTALLED_APPS = [
    "dateline.desk",
    "dateline.website",
    "dateline.demo",
    "dateline.publishing",
    "dateline.editions",
    "dateline.articles",
    "dateline.sources",
    "dateline.people",
    "dateline.pagestore",
    "dateline.plumbing",
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "dateline.pagestore.keeping.KeepPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dateline.website.headers.ReaderPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "dateline.config.urls"
WSGI_APPLICATION = "dateline.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "website" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "dateline.website.environment.environment"},
        "NAME": "reader",
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": OPTIONS.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("wagtailadmin_login")

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"

STATIC_URL = "/static/"
STATIC_ROOT = OPTIONS.data / "static"
MEDIA_URL = "/pictures/"
MEDIA_ROOT = OPTIONS.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# The desk lives under its own path, and so does its cookie.
SESSION_COOKIE_NAME = "dateline_desk"
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "dateline_csrf"
CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPTIONS.is_https
SECURE_SSL_REDIRECT = OPTIONS.is_https
# A monitor asks from the machine itself.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS.is_https else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.is_https else None
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    # Subdomains and the browsers' preload list are the operator's to decide.
    "security.W005",
    "security.W021",
    # The desk shows its previews in a frame of its own; reader's pages refuse frames.
    "security.W019",
]
DATELINE_TRUSTED_PROXIES = OPTIONS.trusted_proxies
DATELINE_REQUIRE_SECOND_FACTOR = OPTIONS.require_second_factor
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# The desk's policy (Wagtail's scripts); reader's pages set their own, stricter one.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_BASE_URL = OPTIONS.public_url
WAGTAILIMAGES_IMAGE_MODEL = "sources.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "sources.MediaFile"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dateline.sources.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    "mp3",
    "m4a",
    "ogg",
    "opus",
    "wav",
    "mp4",
    "webm",
    "pdf",
    "csv",
    "txt",
]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "dateline.publishing.workflow.finish_workflow"
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_AUTOSAVE_INTERVAL = 2000
# The desk shows a draft as readers would get it, and knows the page by name alone.
DATELINE_PREVIEW = "dateline.desk.preview.preview_article"
DATELINE_READER_PAGE = "dateline.website.preview.render_preview"
# The desk's choosers of pictures and files look into the rows themselves: Wagtail's
# index of its own rewrites all its titles at each save.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database.fallback"}
}

FILE_UPLOAD_PERMISSIONS = 0o644
DATELINE_ALLOWED_NETWORKS = OPTIONS.allowed_networks
EMAIL_BACKEND = OPTIONS.mail["BACKEND"]
EMAIL_HOST = OPTIONS.mail.get("HOST", "")
EMAIL_PORT = OPTIONS.mail.get("PORT", 0)
EMAIL_HOST_USER = OPTIONS.mail.get("HOST_USER", "")
EMAIL_HOST_PASSWORD = OPTIONS.mail.get("HOST_PASSWORD", "")
EMAIL_USE_TLS = OPTIONS.mail.get("USE_TLS", False)
EMAIL_USE_SSL = OPTIONS.mail.get("USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = OPTIONS.email_from
LOGGING = OPTIONS.logging
