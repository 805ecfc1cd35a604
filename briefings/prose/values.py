"""What a figure stands for, as a key that can be compared.

("number", 40), ("percent", 40), ("ordinal", 86), ("decade", 1990), ("year", 2017), ("time", 9, 30), ("weekday", 2) and
("date", year, month, day) with 0 for what is not given. Numbers are exact fractions.
"""

Key = tuple[object, ...]
