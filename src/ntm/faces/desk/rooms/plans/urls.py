"""Kế hoạch: addresses."""

from django.urls import path, register_converter

from ntm.faces.desk.rooms.plans import (
    bases,
    content,
    files,
    issuing,
    listing,
    opening,
    papers,
    parts,
    saying,
    versions,
)


class OneOf:
    """Một trong các từ cho sẵn."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def one_of(*words: str) -> type[OneOf]:
    return type("Words", (OneOf,), {"regex": "|".join(words)})


register_converter(one_of(*parts.KINDS), "plan_part")
register_converter(one_of(*issuing.DEEDS), "plan_deed")
register_converter(one_of(*files.FORMS), "plan_form")
register_converter(one_of(*papers.PAPERS), "plan_paper")
register_converter(one_of("[0-9a-f]{64}"), "sha256")
_PLAN = "ke-hoach/<int:plan_id>/"
_PRINT = _PLAN + "van-ban/in/<plan_paper:paper>/<sha256:sha256>/"

urlpatterns = [
    path("ke-hoach/", listing.plans, name="plans"),
    path("ke-hoach/lap/", opening.opening, name="plan_open"),
    path(_PLAN, content.plan, name="plan"),
    path(_PLAN + "dau/", content.head, name="plan_head"),
    path(_PLAN + "noi-nhan/", content.recipients, name="plan_recipients"),
    path(_PLAN + "can-cu/", bases.bases, name="plan_bases"),
    path(_PLAN + "can-cu/<int:basis_id>/chuyen/", bases.move, name="plan_basis_move"),
    path(_PLAN + "<plan_part:kind>/them/", parts.add, name="plan_part_add"),
    path(_PLAN + "<plan_part:kind>/<int:pk>/", parts.change, name="plan_part"),
    path(_PLAN + "<plan_part:kind>/<int:pk>/chuyen/", parts.move, name="plan_part_move"),
    path(_PLAN + "<plan_part:kind>/<int:pk>/bo/", parts.remove, name="plan_part_remove"),
    path(_PLAN + "gop-y/", saying.comments, name="plan_comments"),
    path(_PLAN + "gop-y/<int:comment_id>/", saying.answer_comment, name="plan_comment_answer"),
    path(_PLAN + "kiem-tra/", saying.checks, name="plan_checks"),
    path(_PLAN + "lich-su/", versions.versions, name="plan_versions"),
    path(_PLAN + "ban-hanh/", issuing.issue, name="plan_issue"),
    path(_PLAN + "ban-hanh/<plan_deed:name>/", issuing.deed, name="plan_deed"),
    path(_PLAN + "van-ban/", files.files, name="plan_files"),
    path(_PLAN + "van-ban.<plan_form:form>", files.download, name="plan_file"),
    path(_PLAN + "van-ban/<plan_paper:paper>.<plan_form:form>", files.download, name="plan_paper"),
    path(_PRINT, files.print_page, name="plan_print"),
    path(_PRINT + "tien-do/", files.print_progress, name="plan_print_progress"),
    path(_PRINT + "van-ban.pdf", files.pdf, name="plan_print_file"),
]
