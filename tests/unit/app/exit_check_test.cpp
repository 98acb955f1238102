// Households by the exit criteria: what the layers, panels and states of "judgement" show.
#include "render/compose.hpp"
#include "village_project.hpp"

namespace battlemap::app {
namespace {

class ExitCheck : public VillageProject {
 protected:
  ExitCheck() {
    auto rows = households();
    rows[3].income = "900";  // recorded as out in 2016, and poor by income
    rows[5].income = "900";  // poor, and recorded so
    write_households(folder_, rows);
  }

  render::Sheet sheet_of(const char* place) const {
    const geo::Project project = geo::read_project(folder_);
    const auto atlas =
        render::load_atlas(project, render::data_needed(project, "exit-check", place, std::nullopt));
    render::SheetRequest request;
    request.map = "exit-check", request.year = 2016, request.width = 1200, request.height = 800;
    request.place = atlas->dataset.tree.find(*geo::Code::parse(place));
    static const render::TextEngine text;
    return render::compose(*atlas, text, request);
  }
  static std::map<std::string, std::string> legend(const render::Sheet& sheet) {
    std::map<std::string, std::string> counts;
    for (const render::SymbolEntry& entry : sheet.symbol_legend) counts[entry.label] = entry.count;
    return counts;
  }
};

TEST_F(ExitCheck, HouseholdsAreColouredByTheirJudgement) {
  const auto counts = legend(sheet_of(first));
  // The records say nothing of housing and the like: those who do not fail by income cannot be told.
  EXPECT_EQ(counts.at("不达标"), "2");
  EXPECT_EQ(counts.at("无法判断"), "6");
  EXPECT_FALSE(counts.contains("达标"));
  EXPECT_EQ(counts.at("已脱贫但不达标"), "1");
}

TEST_F(ExitCheck, ATownshipCountsTheHouseholdsOfItsVillages) {
  const auto counts = legend(sheet_of(township));
  EXPECT_EQ(counts.at("不达标"), "2");
  EXPECT_EQ(counts.at("无法判断"), "13");
}

TEST_F(ExitCheck, WithoutCriteriaNobodyCanBeTold) {
  std::filesystem::remove_all(folder_ / "criteria");
  const auto counts = legend(sheet_of(first));
  EXPECT_EQ(counts.at("无法判断"), "8");
  EXPECT_FALSE(counts.contains("已脱贫但不达标"));
}

TEST_F(ExitCheck, AMapOutsideTheSeriesIsNoSheetOfEveryVillage) {
  const auto done = sheets({"--village", first, "--format", "svg"});
  EXPECT_EQ(done.code, 0) << done.err;
  for (const std::string& file : files(out())) EXPECT_EQ(file.find("exit-check"), std::string::npos) << file;
}

TEST_F(ExitCheck, AMisspeltJudgementIsAnsweredWithItsLine) {
  const auto file = folder_ / "maps" / "9-exit-check.toml";
  std::string text = read(file);
  text.replace(text.find("value = \"pass\""), 14, "value = \"past\"");
  write(file, text);
  const auto done = run_battlemap({"maps", folder_.string()});
  EXPECT_NE(done.code, 0);
  EXPECT_NE(done.err.find("did you mean pass?"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("9-exit-check.toml:"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace battlemap::app
