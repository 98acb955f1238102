// Statistics files whose texts are odd, each named for what is wrong with it: the exact report, and what
// still loads.
#include "odd_table.hpp"

namespace battlemap::geo {
namespace {

const std::vector<OddTable> odd_files{
    {"a byte order mark", "\xEF\xBB\xBF" + odd_head + "630101,2016,1\n", "1 ? ?", {"no row: 630102 630103"}},
    {"GBK",
     "code,year,poor,\xC3\xFB\xB3\xC6\n630101,2016,1,\xB3\xC7\xB6\xAB\xC7\xF8\n",
     "1 ? ?",
     {"found_field 0 -: no column is called name; '名称' was taken for it", "no row: 630102 630103"}},
    {"GBK and UTF-8 mixed",
     "code,year,poor,name\n630101,2016,1,城东区\n630102,2016,2,城北区\n630103,2016,3,\xCE\xF7\xC7\xF8\n",
     "1 2 3",
     {"uncertain_encoding 0 -: its text was taken for UTF-8, confidence 59 %; when names look wrong set "
      "encoding in its table of the project file (\"UTF-8\" or \"GB18030\")",
      "bad_text 4 -: 1 row(s), the first is row 4, hold bytes that are no UTF-8 text; they were read as "
      "U+FFFD"}},
    {"Latin-1",
     "code,year,poor,name\n630101,2016,1,S\xE3o Jo\xE3o\n",
     "1 ? ?",
     {"uncertain_encoding 0 -: its text was taken for UTF-8, confidence 0 %; when names look wrong set "
      "encoding in its table of the project file (\"UTF-8\" or \"GB18030\")",
      "bad_text 2 -: 1 row(s), the first is row 2, hold bytes that are no UTF-8 text; they were read as "
      "U+FFFD",
      "no row: 630102 630103"}},
    {"UTF-16 of a spreadsheet's \"Unicode text\"",
     [] {
       std::string text("\xFF\xFE", 2);
       for (const char c : std::string("code\tyear\tpoor\r\n630101\t2016\t1\r\n")) text += c, text += '\0';
       return text;
     }(),
     "1 ? ?",
     {"no row: 630102 630103"}},
    {"semicolons and decimal commas",
     "code;year;poor\n630101;2016;1\n630102;2016;2,5\n",
     "1 ? ?",
     {"bad_cell 3 630102: row 3: column poor of 630102 holds '2,5', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630103"}},
    {"upright strokes", "code|year|poor\n630101|2016|1\n", "1 ? ?", {"no row: 630102 630103"}},
    {"tabs", "code\tyear\tpoor\n630101\t2016\t1\n", "1 ? ?", {"no row: 630102 630103"}},
    {"old line ends", "code,year,poor\r630101,2016,1\r630102,2016,2\r", "1 2 ?", {"no row: 630103"}},
    {"no line end at the end", odd_head + "630101,2016,1", "1 ? ?", {"no row: 630102 630103"}},
    {"empty lines",
     "\n" + odd_head + "\n630101,2016,1\n\n\n630102,2016,2\n,,\n",
     "1 2 ?",
     {"header_row 2 -: the names of the columns were found in row 2; what is above it was left out",
      "no row: 630103"}},
    {"titles above the header",
     "青海省统计表,,\n单位：人,,\n" + odd_head + "630101,2016,1\n",
     "1 ? ?",
     {"header_row 3 -: the names of the columns were found in row 3; what is above it was left out",
      "no row: 630102 630103"}},
    {"a header alone",
     odd_head,
     "? ? ?",
     {"no_rows 0 -: holds no row below its header",
      "missing_year 0 -: no table has a row of 2016 whose code is a division; all of that year is no data"}},
    {"rows too short",
     odd_head + "630101,2016,1\n630102\n630103,2016\n",
     "1 ? ?",
     {"bad_year 3 630102: row 3: column year holds '', which is no year; the row was left out (merged "
      "with the cell above? see fill_down)",
      "no row: 630102"}},
    {"rows too long",
     odd_head + "630101,2016,1,234\n630102,2016,2,,\n",
     "1 2 ?",
     {"long_row 2 -: 1 row(s), the first is row 2, have cells past the last column, which were left out; "
      "is a number with a comma not in quotes?",
      "no row: 630103"}},
    {"a column twice",
     "code,year,poor,poor\n630101,2016,1,9\n",
     "1 ? ?",
     {"duplicate_column 1 -: two columns are called 'poor'; the first counts", "no row: 630102 630103"}},
    {"quotes around everything",
     "\"code\",\"year\",\"poor\"\n\"630101\",\"2016\",\"1\"\n",
     "1 ? ?",
     {"no row: 630102 630103"}},
    {"line ends in a cell",
     "code,year,poor,note\n630101,2016,1,\"two\nlines\"\n630109,2016,2,\n",
     "1 ? ?",
     {"unmatched_row 3 630109: row 3: code '630109' was left out: no county of the project has this code; "
      "nearest: 630101 城东区",
      "no row: 630102 630103"}},
    {"a quote that is never closed",
     odd_head + "630101,2016,1\n\"630102,2016,2\n630103,2016,3\n",
     "1 ? ?",
     {"unclosed_quote 3 -: row 3 opens a quote (\") that is never closed, or is longer than 1048576 "
      "bytes; this row and all after it were not read",
      "no row: 630102 630103"}},
    {"blanks around the names of columns",
     " code , year,poor \n630101,2016,1\n",
     "1 ? ?",
     {"no row: 630102 630103"}},
    {"control characters and directions",
     odd_head + "\x1B[31m630101,2016,1\n\xE2\x80\xAE"
                "630102,2016,2\n",
     "? ? ?",
     {"unmatched_row 2 \\x1B[31m630101: row 2: code '\\x1B[31m630101' was left out: it is not a code of "
      "2, 4, 6, 9 or 12 digits",
      "unmatched_row 3 <U+202E>630102: row 3: code '<U+202E>630102' was left out: it is not a code of 2, "
      "4, 6, 9 or 12 digits",
      "no row: 630101 630102 630103"}},
    {"format characters",
     odd_head + "%s%n{},2016,1\n630102,2016,%d{}\n",
     "? ? ?",
     {"unmatched_row 2 %s%n{}: row 2: code '%s%n{}' was left out: it is not a code of 2, 4, 6, 9 or 12 "
      "digits",
      "bad_cell 3 630102: row 3: column poor of 630102 holds '%d{}', which is neither a number in 人 nor "
      "one of the words in [cells]; taken as no data",
      "no row: 630101 630103"}},
    {"a cell of 10,000 characters",
     odd_head + std::string(10000, 'x') + ",2016,1\n630102,2016,2\n",
     "? 2 ?",
     {"unmatched_row 2 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx … "
      "(9880 characters left out) … xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: row 2: code "
      "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
      "… (9672 characters left out) … "
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' was left out: it is "
      "not a code of 2, 4, 6, 9 or 12 digits",
      "no row: 630101 630103"}},
};

class OddFiles : public OddTables {};
TEST_P(OddFiles, AreReportedAndTheRestLoads) {
  expect_as_told();
}
INSTANTIATE_TEST_SUITE_P(Geo, OddFiles, ::testing::ValuesIn(odd_files));

}  // namespace
}  // namespace battlemap::geo
