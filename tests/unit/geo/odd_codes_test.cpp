// Statistics files whose codes are odd, each named for what is wrong with it: the exact report, and what
// still loads.
#include "odd_table.hpp"

namespace battlemap::geo {
namespace {

const std::vector<OddTable> odd_codes{
    {"nothing wrong", odd_head + "630101,2016,1\n630102,2016,2\n630103,2016,3\n", "1 2 3", {}},
    {"codes with a decimal",
     odd_head + "630101.0,2016,1\n630102.00,2016,2\n",
     "1 2 ?",
     {"repaired_code 2 630101: row 2: code '630101.0' was read as 630101; store codes as text",
      "repaired_code 3 630102: row 3: code '630102.00' was read as 630102; store codes as text",
      "no row: 630103"}},
    {"codes in exponents",
     odd_head + "6.30101E+05,2016,1\n6.301E+05,2016,2\n",
     "1 ? ?",
     {"repaired_code 2 630101: row 2: code '6.30101E+05' was read as 630101; store codes as text",
      "unmatched_row 3 6.301E+05: row 3: code '6.301E+05' was left out: it is not a code of 2, 4, 6, 9 or "
      "12 digits",
      "no row: 630102 630103"}},
    {"codes with an apostrophe",
     odd_head + "'630101,2016,1\n",
     "1 ? ?",
     {"repaired_code 2 630101: row 2: code ''630101' was read as 630101; store codes as text",
      "no row: 630102 630103"}},
    {"full-width codes",
     odd_head + "６３０１０１,2016,1\n",
     "1 ? ?",
     {"repaired_code 2 630101: row 2: code '６３０１０１' was read as 630101; store codes as text",
      "no row: 630102 630103"}},
    {"codes of 12 digits", odd_head + "630101000000,2016,1\n", "1 ? ?", {"no row: 630102 630103"}},
    {"codes of 9 digits", odd_head + "630101000,2016,1\n", "1 ? ?", {"no row: 630102 630103"}},
    {"codes with blanks",
     odd_head + " 630101 ,2016,1\n630102\xC2\xA0,2016,2\n63 01 03,2016,3\n",
     "1 2 3",
     {"repaired_code 4 630103: row 4: code '63 01 03' was read as 630103; store codes as text"}},
    {"a code cut short",
     odd_head + "63010,2016,1\n630102,2016,2\n",
     "? 2 ?",
     {"unmatched_row 2 63010: row 2: code '63010' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits",
      "no row: 630101 630103"}},
    {"a code of another level",
     odd_head + "6301,2016,1\n630101001,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 6301: row 2: code '6301' was left out: it is the code of a prefecture, and this "
      "table holds county rows",
      "unmatched_row 3 630101001: row 3: code '630101001' was left out: it is the code of a township, and "
      "this table holds county rows; nearest: 630101 城东区",
      "no row: 630101 630102 630103"}},
    {"a code that is no more",
     odd_head + "630199,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 630199: row 2: code '630199' was left out: no county of the project has this code; "
      "nearest: 630101 城东区",
      "no row: 630101 630102 630103"}},
    {"an empty code",
     odd_head + ",2016,1\n630102,2016,2\n",
     "? 2 ?",
     {"unmatched_row 2 -: row 2: code '' was left out: the code cell is empty", "no row: 630101 630103"}},
    {"a total row at the end",
     odd_head + "630101,2016,1\n合计,2016,9\n",
     "1 ? ?",
     {"unmatched_row 3 合计: row 3: code '合计' was left out: it is not a code of 2, 4, 6, 9 or 12 digits",
      "no row: 630102 630103"}},
    {"names in the code column",
     odd_head + "城东区,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 城东区: row 2: code '城东区' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits; "
      "nearest: 630101 城东区",
      "no row: 630101 630102 630103"}},
    {"two rows that differ",
     odd_head + "630101,2016,1\n630101,2016,2\n",
     "? ? ?",
     {"duplicate_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "no row: 630102 630103"}},
    {"two rows that agree",
     odd_head + "630101,2016,1\n630101,2016,1\n",
     "1 ? ?",
     {"repeated_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and both say the "
      "same; counted once",
      "no row: 630102 630103"}},
    {"three rows, two of which agree",
     odd_head + "630101,2016,1\n630101,2016,2\n630101,2016,1\n",
     "? ? ?",
     {"duplicate_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "duplicate_row 4 630101: row 4: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "no row: 630102 630103"}},
    {"one place under two spellings",
     odd_head + "630101,2016,1\n630101000000,2016,2\n",
     "? ? ?",
     {"duplicate_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "no row: 630102 630103"}},
    {"codes with thousands",
     odd_head + "\"630,101\",2016,1\n\"63,0102\",2016,2\n",
     "1 ? ?",
     {"repaired_code 2 630101: row 2: code '630,101' was read as 630101; store codes as text",
      "unmatched_row 3 63,0102: row 3: code '63,0102' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits",
      "no row: 630102 630103"}},
    {"a code that moved, its name beside it",
     "code,year,poor,name\n630105,2016,1,城北区\n",
     "? ? ?",
     {"unmatched_row 2 630105: row 2: code '630105' was left out: no county of the project has this code; "
      "nearest: 630102 城北区",
      "no row: 630101 630102 630103"}},
    {"a name misspelt beside a code that is no more",
     "code,year,poor,name\n630188,2016,1,城西去\n",
     "? ? ?",
     {"unmatched_row 2 630188: row 2: code '630188' was left out: no county of the project has this code; "
      "nearest: 630103 城西区",
      "no row: 630101 630102 630103"}},
    {"last year's codes",
     odd_head + "632101,2016,1\n632102,2016,2\n630103,2016,3\n",
     "? ? 3",
     {"unmatched_row 2 632101: row 2: code '632101' was left out: no county of the project has this code; "
      "nearest: 630101 城东区",
      "unmatched_row 3 632102: row 3: code '632102' was left out: no county of the project has this code; "
      "nearest: 630102 城北区",
      "no row: 630101 630102"}},
    {"a minus before the code",
     odd_head + "-630101,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 -630101: row 2: code '-630101' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits",
      "no row: 630101 630102 630103"}},
    {"a code in scientific notation that lost digits",
     odd_head + "6.3E+05,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 6.3E+05: row 2: code '6.3E+05' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits",
      "no row: 630101 630102 630103"}},
};

class OddCodes : public OddTables {};
TEST_P(OddCodes, AreReportedAndTheRestLoads) {
  expect_as_told();
}
INSTANTIATE_TEST_SUITE_P(Geo, OddCodes, ::testing::ValuesIn(odd_codes));

}  // namespace
}  // namespace battlemap::geo
