"""Cơ quan, bộ phận: how a body's name begins where it is told what to do."""

from __future__ import annotations

import re

BODY = re.compile(
    r"(?:de nghi\s+|yeu cau\s+|giao\s+(?:cho\s+)?|doi voi\s+)?(?:cac\s+|thanh vien\s+|lanh dao\s+|thuong truc\s+"
    r"|d/c\s+|dong chi\s+|moi\s+|tung\s+)*"
    r"(?:uy ban|ubnd|ban\b|bcd|bql|hoi\b|ong (?!ba\b)|ba (?!con\b)|hoi dong|so\b"
    r"|phong|van phong|vpdp|cong chuc|can bo|don vi|co quan|nganh"
    r"|bo (?:chqs|chi huy|tham muu|cong an|quoc phong)|doan\b|doan thanh nien|cong an|quan su|bch|mttq|mat tran"
    r"|trung tam|tram|truong\b|nha truong|dai\b|buu dien|ngan hang|kho bac|chi cuc|huyen uy|dang uy|tinh uy|thanh uy"
    r"|chi bo|thon|xom|ap\b|khom\b|buon\b|khu\b|co so|phu trach|to\b|lien minh|lien doan"
    r"|bo phan|dong chi|pho chu tich|chu tich|chi hoi|chi doan|nguoi co uy tin|thanh pho|hdnd|thuong truc|xa\b"
    r"|dien luc|vien thong|cong ty|hat kiem lam|chi nhanh|quy tin dung"
    r"|cap uy|nguoi dan|doanh nghiep|hop tac xa|htx|khoi|dia chinh|tu phap|tai chinh|ke toan|benh vien|bao hiem|vien"
    r"|ubmt[a-z]*|ub mttq|vp\b|cc\b|p\.\s?[a-z]|tt (?:y te|dich vu|van hoa|vh|gd)|thong ke|toa an|truong thon|cuc\b|ban ngan)"
)
