"""Cả nước và tìm đơn vị."""

from __future__ import annotations


def test_the_country_lists_the_provinces_of_the_day_and_its_proof(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/?ngay=2022-12-31")
    text = response.content.decode()
    assert "Tỉnh Hải Dương" in text and "Tỉnh Lạng Sơn" in text and "Căn cứ: danh mục" in text
    assert "Đơn vị cấp huyện" in text and "Đồng bằng sông Hồng" in text
    assert "Đơn vị cấp huyện" not in client_of(world.actor["leader"]).get("/dia-ban/?ngay=2025-12-31").content.decode()


def test_the_list_downloads(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/?ngay=2022-12-31&tai=csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Tỉnh, thành phố;Mã") and any(line.startswith("Tỉnh Hải Dương;30") for line in lines)


def test_a_name_without_marks_leads_to_the_unit(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/tim/?q=thach+loi&ngay=2022-12-31")
    assert response.status_code == 302
    assert response["Location"] == f"/dia-ban/{world.unit['thach_loi']}/?ngay=2022-12-31"


def test_a_unit_of_another_time_is_found_on_its_day(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/tim/?q=cam+giang&ngay=2025-12-31")
    text = response.content.decode()
    assert "không có đơn vị tên như vậy" in text and "Có trong danh mục ngày khác" in text and "Huyện Cẩm Giàng" in text


def test_nothing_found_says_what_to_try(client_of, world):
    response = client_of(world.actor["leader"]).get("/dia-ban/tim/?q=khong+co+xa+nay")
    assert "Thử bỏ dấu" in response.content.decode()


def test_few_questions(client_of, world, django_assert_max_num_queries):
    client = client_of(world.actor["leader"])
    client.get("/dia-ban/?ngay=2022-12-31")
    with django_assert_max_num_queries(16):
        client.get("/dia-ban/?ngay=2022-12-31")


def test_the_list_is_named_without_the_package_it_came_from(client_of, world):
    text = client_of(world.actor["province"]).get("/dia-ban/?ngay=2024-01-01").content.decode()
    assert "Căn cứ: danh mục" in text and "PyPI" not in text and "npm" not in text
