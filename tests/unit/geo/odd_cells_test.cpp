// Statistics files whose cells are odd, each named for what is wrong with it: the exact report, and what
// still loads.
#include "odd_table.hpp"

namespace battlemap::geo {
namespace {

const std::vector<OddTable> odd_cells{
    {"thousands", odd_head + "630101,2016,\"1,234\"\n", "1234 ? ?", {"no row: 630102 630103"}},
    {"thousands in the wrong places",
     odd_head + "630101,2016,\"12,34\"\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '12,34', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
    {"full-width digits", odd_head + "630101,2016,１２\n", "12 ? ?", {"no row: 630102 630103"}},
    {"a unit behind the number",
     odd_head + "630101,2016,12人\n630102,2016,12户\n",
     "12 ? ?",
     {"bad_cell 3 630102: row 3: column poor of 630102 holds '12户', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630103"}},
    {"a percentage of people",
     odd_head + "630101,2016,12%\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '12%', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
    {"dashes", odd_head + "630101,2016,-\n630102,2016,—\n630103,2016,－\n", "/ / /", {}},
    {"dots", odd_head + "630101,2016,…\n630102,2016,...\n630103,2016,……\n", "? ? ?", {}},
    {"formulas that failed",
     odd_head + "630101,2016,#DIV/0!\n630102,2016,#REF!\n",
     "? ? ?",
     {"formula_error 2 630101: row 2: column poor of 630101 holds '#DIV/0!', a formula that failed; taken "
      "as no data",
      "formula_error 3 630102: row 3: column poor of 630102 holds '#REF!', a formula that failed; taken "
      "as no data",
      "no row: 630103"}},
    {"lookups that failed", odd_head + "630101,2016,#N/A\n", "? ? ?", {"no row: 630102 630103"}},
    {"words for missing", odd_head + "630101,2016,缺\n630102,2016,不适用\n630103,2016,NULL\n", "? / ?", {}},
    {"a word that may mean zero",
     odd_head + "630101,2016,无\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '无', which is neither a number in 人 nor one "
      "of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
    {"zero is no missing value", odd_head + "630101,2016,0\n630102,2016,\n", "0 ? ?", {"no row: 630103"}},
    {"a negative count",
     odd_head + "630101,2016,-5\n",
     "-5 ? ?",
     {"negative_count 2 630101: row 2: column poor of 630101 counts -5, less than nothing; kept as it is",
      "no row: 630102 630103"}},
    {"infinity and no number",
     odd_head + "630101,2016,inf\n630102,2016,nan\n630103,2016,1e999\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds 'inf', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "bad_cell 3 630102: row 3: column poor of 630102 holds 'nan', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "bad_cell 4 630103: row 4: column poor of 630103 holds '1e999', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data"}},
    {"a number in words",
     odd_head + "630101,2016,约30\n630102,2016,三十\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '约30', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "bad_cell 3 630102: row 3: column poor of 630102 holds '三十', which is neither a number in 人 nor one "
      "of the words in [cells]; taken as no data",
      "no row: 630103"}},
    {"a date in a number",
     odd_head + "630101,2016,2016-12-31\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '2016-12-31', which is neither a number in 人 "
      "nor one of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
    {"years in words",
     odd_head + "630101,2016年,1\n630102,2016.0,2\n630103,二〇一六,3\n",
     "1 2 ?",
     {"bad_year 4 630103: row 4: column year holds '二〇一六', which is no year; the row was left out",
      "no row: 630103"}},
    {"another year",
     odd_head + "630101,2016,1\n630102,2011,2\n",
     "1 ? ?",
     {"other_year 0 -: 1 row(s) of 2011, a year that the project does not name, were left out",
      "no row: 630102 630103"}},
    {"no year",
     odd_head + "630101,,1\n",
     "? ? ?",
     {"bad_year 2 630101: row 2: column year holds '', which is no year; the row was left out (merged "
      "with the cell above? see fill_down)",
      "missing_year 0 -: no table has a row of 2016 whose code is a division; all of that year is no data"}},
    {"blanks for thousands",
     odd_head + "630101,2016,1 234\n630102,2016,1\u202F234\n630103,2016,12 34\n",
     "1234 1234 ?",
     {"bad_cell 4 630103: row 4: column poor of 630103 holds '12 34', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data"}},
    {"full-width commas and points",
     odd_head + "630101,2016,１，２３４．５\n",
     "1234.5 ? ?",
     {"no row: 630102 630103"}},
    {"a sign and an exponent",
     odd_head + "630101,2016,+5\n630102,2016,1e3\n630103,2016,−4\n",
     "5 1000 -4",
     {"negative_count 4 630103: row 4: column poor of 630103 counts -4, less than nothing; kept as it is"}},
    {"brackets for less than nothing",
     odd_head + "630101,2016,(5)\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '(5)', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
    {"a formula as text",
     odd_head + "630101,2016,=SUM(A1:A2)\n",
     "? ? ?",
     {"bad_cell 2 630101: row 2: column poor of 630101 holds '=SUM(A1:A2)', which is neither a number in "
      "人 nor one of the words in [cells]; taken as no data",
      "no row: 630102 630103"}},
};

class OddCells : public OddTables {};
TEST_P(OddCells, AreReportedAndTheRestLoads) {
  expect_as_told();
}
INSTANTIATE_TEST_SUITE_P(Geo, OddCells, ::testing::ValuesIn(odd_cells));

}  // namespace
}  // namespace battlemap::geo
