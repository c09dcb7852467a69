"""Believable districts from a seed: for the demo, the training world, the dictionary and the tests."""

from kopdesk.sample.district import FIRST_TODAY, District, SampleCooperative, district
from kopdesk.sample.tale import SamplePerson, SampleRecord

__all__ = ["FIRST_TODAY", "District", "SampleCooperative", "SamplePerson", "SampleRecord", "district"]
