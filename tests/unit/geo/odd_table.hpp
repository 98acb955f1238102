#pragma once
#include <functional>

#include "geo/harmless.hpp"
#include "table_project.hpp"

namespace battlemap::geo {

/// A statistics file as an office really sends it. `loads`: the value of each county, "?" no data, "/" not
/// applicable. `report`: every problem in order as "kind row code: message" ("-": none), then one line "no
/// row: ..." of the counties that the table does not have, whose problems say no more than that.
struct OddTable {
  const char* what;
  std::string text;
  const char* loads;
  std::vector<std::string> report;
  std::function<void(StatisticsSource&)> stated = {};  ///< what the project file says of it
};

inline void PrintTo(const OddTable& odd, std::ostream* out) {
  *out << odd.what;
}

/// The counties 630101 城东区, 630102 城北区, 630103 城西区, the year 2016, one indicator: poor, in 人.
class OddCounties : public TableProject {
 protected:
  OddCounties() {
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

  std::string loaded() const {
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

  /// Every problem must name the file as its source.
  std::vector<std::string> reported() const {
    std::vector<std::string> lines;
    std::string no_row;
    for (const Problem& p : problems_) {
      EXPECT_TRUE(p.source.starts_with(folder_.string())) << p.kind << " has the source '" << p.source << "'";
      if (p.kind == "unmatched_division")
        no_row += " " + p.code;
      else
        lines.push_back(fmt::format("{} {} {}: {}", p.kind, p.row,
                                    p.code.empty() ? "-" : harmless(p.code, 120), harmless(p.message)));
    }
    if (!no_row.empty()) lines.push_back("no row:" + no_row);
    return lines;
  }
};

class OddTables : public OddCounties, public ::testing::WithParamInterface<OddTable> {
 protected:
  void expect_as_told() {
    StatisticsSource& source = add_table("odd.csv", GetParam().text, Level::county);
    if (GetParam().stated) GetParam().stated(source);
    join();
    EXPECT_EQ(loaded(), GetParam().loads) << GetParam().what;
    EXPECT_EQ(reported(), GetParam().report) << GetParam().what;
  }
};

inline const std::string odd_head = "code,year,poor\n";

}  // namespace battlemap::geo
