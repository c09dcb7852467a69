"""Believable districts from a seed: for the demo, the training world, the dictionary and the tests."""

from kopdesk.sample.district import FIRST_TODAY, District, SampleCooperative, district
from kopdesk.sample.field_day import FieldDay, field_day
from kopdesk.sample.tale import SamplePerson, SampleRecord

__all__ = [
    "FIRST_TODAY",
    "District",
    "FieldDay",
    "SampleCooperative",
    "SamplePerson",
    "SampleRecord",
    "district",
    "field_day",
]
