"""Written as the application role, by somebody whom the policies let write: a row can't hang on another's parent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Model

from fujing.kernel.actor import Actor, acting
from fujing.kernel.files import file_store
from fujing.kernel.models import StoredFile
from fujing.recruitment.applications.models import Application, Attachment, OwnCopy
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.selection.models import Objection, Publicised, PublicityNotice
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.recruitment.applications import made
from tests.recruitment.ranked import check, publicised

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def refused(constraint: str, model: type[Model], **values: Any) -> None:
    """The row is refused by exactly this key."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.create(**values)


def photo(by: Actor, code: int) -> StoredFile:
    return file_store(actor=by, organ_code=code, upload=SimpleUploadedFile("照片.png", PICTURE))


def attachment(application: Application, by: Actor, file: StoredFile, **other: Any) -> dict[str, Any]:
    """A lawful attachment, but for what is given."""
    lawful = {
        "organ_code": application.organ_code,
        "application_id": application.pk,
        "account_id": by.account_id,
        "kind": "photo",
        "file_id": file.pk,
    }
    return lawful | other


def test_an_attachment_hangs_only_on_ones_own_application_and_file() -> None:
    mine, own = made.application(made.campaign(), "draft")
    theirs, other = made.application(made.campaign(), "draft")
    with acting(other):
        foreign = photo(other, SANTAI)
    with acting(own):
        file = photo(own, SANTAI)
        refused("attachment_of_its_applicant", Attachment, **attachment(mine, own, file, application_id=theirs.pk))
        refused("attachment_of_its_applicant", Attachment, **attachment(mine, own, file, organ_code=YANTING))
        refused("attachment_own_file", Attachment, **attachment(mine, own, file, file_id=foreign.pk))
        assert Attachment.objects.create(**attachment(mine, own, file)).pk


def test_a_copy_is_recorded_only_of_ones_own_application() -> None:
    mine, own = made.application(made.campaign(), "draft")
    theirs, _ = made.application(made.campaign(), "draft")
    lawful = {"organ_code": mine.organ_code, "application_id": mine.pk, "account_id": own.account_id}
    with acting(own):
        refused("own_copy_of_its_applicant", OwnCopy, **lawful | {"application_id": theirs.pk})
        refused("own_copy_of_its_applicant", OwnCopy, **lawful | {"organ_code": YANTING})
        assert OwnCopy.objects.create(**lawful).pk


def test_an_application_goes_to_the_organ_and_a_post_of_its_campaign() -> None:
    here, there = made.campaign(SANTAI), made.campaign(YANTING)
    mine, own = made.application(here, "draft")
    with acting(own):
        for constraint, change in (
            ("application_in_organ_of_campaign", {"organ_code": YANTING}),
            ("application_for_position_of_campaign", {"position": there.positions.get()}),
        ):
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                Application.objects.filter(pk=mine.pk).update(**change)


def test_an_examination_names_the_applicants_account_and_organ() -> None:
    theirs, owner = made.application(made.campaign(), "draft")
    lawful = {
        "organ_code": SANTAI,
        "application_id": theirs.pk,
        "applicant_account": owner.account_id,
        "hospital": "县医院",
        "exam_on": "2026-01-01",
        "arranged_by": "安排人",
    }
    with acting(factories.PROVINCIAL):
        refused("medical_of_its_applicant", MedicalExam, **lawful | {"applicant_account": 1})
        refused("medical_of_its_applicant", MedicalExam, **lawful | {"organ_code": YANTING})
        assert MedicalExam.objects.create(**lawful).pk


def test_an_objection_is_to_somebody_of_that_very_notice() -> None:
    course = publicised(names=("安一", "安二"))
    with acting(course.head):
        notice = PublicityNotice.objects.get(campaign=course.campaign)
        lawful = {"organ_code": SANTAI, "notice_id": notice.pk, "about": "某人", "text": "不实"}
        mine, other = course.applications["安一"].pk, course.applications["安二"].pk
        refused("objection_to_somebody_publicised", Objection, application_id=other, **lawful)
    with acting(factories.PROVINCIAL):
        refused("objection_in_organ_of_notice", Objection, application_id=mine, **lawful | {"organ_code": YANTING})
        assert Objection.objects.create(application_id=mine, **lawful).pk
    check(course, "安二")
    with acting(factories.PROVINCIAL):
        refused(
            "publicised_of_its_applicant",
            Publicised,
            organ_code=SANTAI,
            notice_id=notice.pk,
            application_id=course.applications["安二"].pk,
            account_id=1,
        )
