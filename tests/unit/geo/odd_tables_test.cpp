// Statistics files as offices really send them, each named for what is wrong with it: the exact report, and
// what still loads. The project has the counties 630101 城东区, 630102 城北区, 630103 城西区 and the year
// 2016.
#include "geo/join_columns.hpp"
#include "table_project.hpp"

namespace battlemap::geo {
namespace {

/// `loads`: the value of each county, "?" no data, "/" not applicable. `report`: "kind@row" (the row missing
/// where it concerns the file), in the file's order; divisions without a row are left out: "?" shows them.
struct OddTable {
  const char* what;
  std::string text;
  const char* loads;
  const char* report;
};

void PrintTo(const OddTable& odd, std::ostream* out) {
  *out << odd.what;
}

class OddTables : public TableProject, public ::testing::WithParamInterface<OddTable> {
 protected:
  OddTables() {
    std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '_');
    folder_ = std::filesystem::path(BATTLEMAP_TEST_OUT) / "odd" / name;
    std::filesystem::create_directories(folder_);
    entries_ = {{*Code::parse("630101"), "城东区", ""},
                {*Code::parse("630102"), "城北区", ""},
                {*Code::parse("630103"), "城西区", ""}};
    project_.years = {2016};
    project_.no_data_words.clear(), project_.not_applicable_words.clear();
    indicators_ = {{.id = "poor", .unit = {"人", "people"}, .kind = IndicatorKind::count, .column = "poor"}};
  }
  std::string loaded() {
    std::string text;
    for (std::size_t i = 0; i < 3; ++i) {
      const Statistics::Cell each =
          columns_.empty() ? Statistics::Cell{} : cell("poor", 2016, i, Level::county);
      text += i == 0 ? "" : " ";
      text += each.status == Status::value     ? fmt::format("{}", each.value)
              : each.status == Status::no_data ? "?"
                                               : "/";
    }
    return text;
  }
  std::string reported() const {
    std::string text;
    for (const Problem& problem : problems_) {
      if (problem.kind == "unmatched_division") continue;
      text += (text.empty() ? "" : " ") + problem.kind +
              (problem.row == 0 ? "" : fmt::format("@{}", problem.row));
    }
    return text;
  }
};

TEST_P(OddTables, AreReportedAndTheRestLoads) {
  add_table("odd.csv", GetParam().text, Level::county);
  join();
  EXPECT_EQ(loaded(), GetParam().loads) << GetParam().what;
  EXPECT_EQ(reported(), GetParam().report) << GetParam().what;
}

const std::string head = "code,year,poor\n";

const std::vector<OddTable> odd_codes{
    {"nothing wrong", head + "630101,2016,1\n630102,2016,2\n630103,2016,3\n", "1 2 3", ""},
    {"codes with a decimal", head + "630101.0,2016,1\n630102.00,2016,2\n", "1 2 ?",
     "repaired_code@2 repaired_code@3"},
    {"codes in exponents", head + "6.30101E+05,2016,1\n6.301E+05,2016,2\n", "1 ? ?",
     "repaired_code@2 unmatched_row@3"},
    {"codes with an apostrophe", head + "'630101,2016,1\n", "1 ? ?", "repaired_code@2"},
    {"full-width codes", head + "６３０１０１,2016,1\n", "1 ? ?", "repaired_code@2"},
    {"codes of 12 digits", head + "630101000000,2016,1\n", "1 ? ?", ""},
    {"codes of 9 digits", head + "630101000,2016,1\n", "1 ? ?", ""},
    {"codes with blanks", head + " 630101 ,2016,1\n630102\xC2\xA0,2016,2\n63 01 03,2016,3\n", "1 2 3",
     "repaired_code@4"},
    {"codes with thousands", head + "\"630,101\",2016,1\n", "? ? ?", "unmatched_row@2"},
    {"a code cut short", head + "63010,2016,1\n630102,2016,2\n", "? 2 ?", "unmatched_row@2"},
    {"a code of another level", head + "6301,2016,1\n630101001,2016,1\n", "? ? ?",
     "unmatched_row@2 unmatched_row@3"},
    {"a code that is no more", head + "630199,2016,1\n", "? ? ?", "unmatched_row@2"},
    {"an empty code", head + ",2016,1\n630102,2016,2\n", "? 2 ?", "unmatched_row@2"},
    {"a total row at the end", head + "630101,2016,1\n合计,2016,9\n", "1 ? ?", "unmatched_row@3"},
    {"names in the code column", head + "城东区,2016,1\n", "? ? ?", "unmatched_row@2"},
    {"two rows that differ", head + "630101,2016,1\n630101,2016,2\n", "? ? ?", "duplicate_row@3"},
    {"two rows that agree", head + "630101,2016,1\n630101,2016,1\n", "1 ? ?", "repeated_row@3"},
    {"three rows, two of which agree", head + "630101,2016,1\n630101,2016,2\n630101,2016,1\n", "? ? ?",
     "duplicate_row@3 duplicate_row@4"},
    {"one place under two spellings", head + "630101,2016,1\n630101000000,2016,2\n", "? ? ?",
     "duplicate_row@3"},
};

const std::vector<OddTable> odd_cells{
    {"thousands", head + "630101,2016,\"1,234\"\n", "1234 ? ?", ""},
    {"thousands in the wrong places", head + "630101,2016,\"12,34\"\n", "? ? ?", "bad_cell@2"},
    {"full-width digits", head + "630101,2016,１２\n", "12 ? ?", ""},
    {"a unit behind the number", head + "630101,2016,12人\n630102,2016,12户\n", "12 ? ?", "bad_cell@3"},
    {"a percentage of people", head + "630101,2016,12%\n", "? ? ?", "bad_cell@2"},
    {"dashes", head + "630101,2016,-\n630102,2016,—\n630103,2016,－\n", "/ / /", ""},
    {"dots", head + "630101,2016,…\n630102,2016,...\n630103,2016,……\n", "? ? ?", ""},
    {"formulas that failed", head + "630101,2016,#DIV/0!\n630102,2016,#REF!\n", "? ? ?",
     "formula_error@2 formula_error@3"},
    {"lookups that failed", head + "630101,2016,#N/A\n", "? ? ?", ""},
    {"words for missing", head + "630101,2016,缺\n630102,2016,不适用\n630103,2016,NULL\n", "? / ?", ""},
    {"a word that may mean zero", head + "630101,2016,无\n", "? ? ?", "bad_cell@2"},
    {"zero is no missing value", head + "630101,2016,0\n630102,2016,\n", "0 ? ?", ""},
    {"a negative count", head + "630101,2016,-5\n", "-5 ? ?", "negative_count@2"},
    {"infinity and no number", head + "630101,2016,inf\n630102,2016,nan\n630103,2016,1e999\n", "? ? ?",
     "bad_cell@2 bad_cell@3 bad_cell@4"},
    {"a number in words", head + "630101,2016,约30\n630102,2016,三十\n", "? ? ?", "bad_cell@2 bad_cell@3"},
    {"a date in a number", head + "630101,2016,2016-12-31\n", "? ? ?", "bad_cell@2"},
    {"years in words", head + "630101,2016年,1\n630102,2016.0,2\n630103,二〇一六,3\n", "1 2 ?", "bad_year@4"},
    {"another year", head + "630101,2016,1\n630102,2011,2\n", "1 ? ?", "other_year"},
    {"no year", head + "630101,,1\n", "? ? ?", "bad_year@2 missing_year"},
};

const std::vector<OddTable> odd_files{
    {"a byte order mark", "\xEF\xBB\xBF" + head + "630101,2016,1\n", "1 ? ?", ""},
    {"GBK", "code,year,poor,\xC3\xFB\xB3\xC6\n630101,2016,1,\xB3\xC7\xB6\xAB\xC7\xF8\n", "1 ? ?", ""},
    {"GBK and UTF-8 mixed",
     "code,year,poor,name\n630101,2016,1,城东区\n630102,2016,2,城北区\n630103,2016,3,\xCE\xF7\xC7\xF8\n",
     "1 2 3", "uncertain_encoding bad_text@4"},
    {"Latin-1", "code,year,poor,name\n630101,2016,1,S\xE3o Jo\xE3o\n", "1 ? ?",
     "uncertain_encoding bad_text@2"},
    {"UTF-16 of a spreadsheet's \"Unicode text\"",
     [] {
       std::string text("\xFF\xFE", 2);
       for (const char c : std::string("code\tyear\tpoor\r\n630101\t2016\t1\r\n")) text += c, text += '\0';
       return text;
     }(),
     "1 ? ?", ""},
    {"semicolons and decimal commas", "code;year;poor\n630101;2016;1\n630102;2016;2,5\n", "1 ? ?",
     "bad_cell@3"},
    {"tabs", "code\tyear\tpoor\n630101\t2016\t1\n", "1 ? ?", ""},
    {"old line ends", "code,year,poor\r630101,2016,1\r630102,2016,2\r", "1 2 ?", ""},
    {"no line end at the end", head + "630101,2016,1", "1 ? ?", ""},
    {"empty lines", "\n" + head + "\n630101,2016,1\n\n\n630102,2016,2\n,,\n", "1 2 ?", "header_row@2"},
    {"titles above the header", "青海省统计表,,\n单位：人,,\n" + head + "630101,2016,1\n", "1 ? ?",
     "header_row@3"},
    {"a header alone", head, "? ? ?", "no_rows missing_year"},
    {"rows too short", head + "630101,2016,1\n630102\n630103,2016\n", "1 ? ?", "bad_year@3"},
    {"rows too long", head + "630101,2016,1,234\n630102,2016,2,,\n", "1 2 ?", "long_row@2"},
    {"a column twice", "code,year,poor,poor\n630101,2016,1,9\n", "1 ? ?", "duplicate_column@1"},
    {"quotes around everything", "\"code\",\"year\",\"poor\"\n\"630101\",\"2016\",\"1\"\n", "1 ? ?", ""},
    {"line ends in a cell", "code,year,poor,note\n630101,2016,1,\"two\nlines\"\n630109,2016,2,\n", "1 ? ?",
     "unmatched_row@3"},
    {"a quote that is never closed", head + "630101,2016,1\n\"630102,2016,2\n630103,2016,3\n", "1 ? ?",
     "unclosed_quote@3"},
    {"blanks around the names of columns", " code , year,poor \n630101,2016,1\n", "1 ? ?", ""},
    {"control characters and directions",
     head + "\x1B[31m630101,2016,1\n\xE2\x80\xAE"
            "630102,2016,2\n",
     "? ? ?", "unmatched_row@2 unmatched_row@3"},
    {"format characters", head + "%s%n{},2016,1\n630102,2016,%d{}\n", "? ? ?", "unmatched_row@2 bad_cell@3"},
    {"a cell of 10,000 characters", head + std::string(10000, 'x') + ",2016,1\n630102,2016,2\n", "? 2 ?",
     "unmatched_row@2"},
};

INSTANTIATE_TEST_SUITE_P(Codes, OddTables, ::testing::ValuesIn(odd_codes));
INSTANTIATE_TEST_SUITE_P(Cells, OddTables, ::testing::ValuesIn(odd_cells));
INSTANTIATE_TEST_SUITE_P(Files, OddTables, ::testing::ValuesIn(odd_files));

}  // namespace
}  // namespace battlemap::geo
