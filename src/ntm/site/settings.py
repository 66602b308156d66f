"""Cấu hình: one settings file, read from the environment. Importing it opens nothing: no connection, no folder, no file."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from ntm.site import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
# Where the database, uploaded files and generated secrets live; the project's own var/ unless told.
DATA = Path(env.text("NTM_DATA", str(PACKAGE.parent.parent / "var"))).resolve()

DEBUG = env.boolean("NTM_DEBUG", False)
# A production start refuses a demonstration database (people.checks) and a missing secret key (site.checks).
PRODUCTION = env.boolean("NTM_PRODUCTION", False)
SECRET_KEY = env.text("NTM_SECRET_KEY", "not-a-secret-for-tests-and-demonstration-only-0123456789")
ALLOWED_HOSTS = env.words("NTM_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("NTM_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "ntm.faces.desk",  # before allauth: its account pages stand in for allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ntm.records.audit",
    "ntm.records.units",
    "ntm.records.people",
    "ntm.records.archive",
    "ntm.records.standing",
    "ntm.records.planning",
    "ntm.records.funding",
    "ntm.records.registers",
    "ntm.faces.portal",
    "ntm.faces.api",
    "ntm.faces.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ntm.faces.desk.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "ntm.faces.api.conditional.ApiManners",
]

ROOT_URLCONF = "ntm.site.urls"
WSGI_APPLICATION = "ntm.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", DATA / "ntm.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/tai-khoan/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "ntm.faces.desk.account.ClosedAccountAdapter"  # accounts are given, never taken
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_TOTP_ISSUER = "NTM"
MFA_FORMS = {
    "add_webauthn": "ntm.faces.desk.passkeys.AddKeyForm",
    "edit_webauthn": "ntm.faces.desk.passkeys.RenameKeyForm",
    "login_webauthn": "ntm.faces.desk.passkeys.LoginByKeyForm",
    "authenticate_webauthn": "ntm.faces.desk.passkeys.SecondStepByKeyForm",
    "reauthenticate_webauthn": "ntm.faces.desk.passkeys.ReauthenticateByKeyForm",
}
AXES_FAILURE_LIMIT = env.integer("NTM_LOCKOUT_AFTER", 5, least=1)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "ntm.faces.desk.account.lockout_name"  # small and capital letters are one account
AXES_VERBOSE = False
SESSION_COOKIE_AGE = env.integer("NTM_SESSION_SECONDS", 8 * 3600, least=60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("NTM_HTTPS", True)
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("NTM_BEHIND_PROXY", False) else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DATA / "files")}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.boolean("NTM_STATIC_MANIFEST", False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.boolean("NTM_STATIC_MANIFEST", False)
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS  # uncollected files are looked for when asked, no folder is expected

TASKS = {"default": {"BACKEND": env.text("NTM_TASKS", "django_tasks_db.DatabaseBackend")}}
EMAIL_BACKEND = env.text("NTM_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")  # nothing leaves
EMAIL_FILE_PATH = env.text("NTM_EMAIL_FOLDER", str(DATA / "mail"))
EMAIL_HOST = env.text("NTM_EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = env.text("NTM_EMAIL_FROM", "ntm@localhost")

# Bounds on what people upload: checked by content, not by name.
EVIDENCE_MAX_BYTES = env.integer("NTM_EVIDENCE_MAX_BYTES", 20 * 1024 * 1024, least=1024)
WORKBOOK_MAX_BYTES = env.integer("NTM_WORKBOOK_MAX_BYTES", 15 * 1024 * 1024, least=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("NTM_LOG_LEVEL", "WARNING")},
}
