// Every kind of problem that the sources report is explained to users and has a name in the window.
#include <regex>
#include <set>

#include "app/window/data_view.hpp"
#include "disk_project.hpp"
#include "geo/dataset.hpp"

namespace battlemap::app {
namespace {

std::string whole(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// First arguments of what adds to a list of problems, in the sources of geo and the check of maps.
std::set<std::string> reported_kinds() {
  const std::regex one(
      R"re((?:log_?(?:\.|->)add(?:_always)?|tell|[^_]note|problems\.push_back|notes\.push_back)\(\s*\{?\s*"([a-z_]+)",)re");
  const std::regex two(R"re((?:\.|->)add\(\s*[^"();]*\? "([a-z_]+)" : "([a-z_]+)")re");
  std::set<std::string> kinds;
  const std::filesystem::path root = BATTLEMAP_SOURCE_DIR;
  std::vector<std::filesystem::path> files{root / "render" / "map_check.cpp"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "geo"))
    if (entry.path().extension() == ".cpp") files.push_back(entry.path());
  for (const auto& file : files) {
    const std::string text = whole(file);
    for (const std::regex& pattern : {one, two})
      for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern); at != std::sregex_iterator();
           ++at)
        for (std::size_t group = 1; group < at->size(); ++group)
          if ((*at)[group].matched) kinds.insert((*at)[group].str());
  }
  return kinds;
}

TEST(ProblemKinds, AreExplainedAndNamed) {
  const std::set<std::string> kinds = reported_kinds();
  EXPECT_GE(kinds.size(), 50U);
  for (const char* known :
       {"gap", "overlap", "duplicate_row", "repeated_row", "joined_by_name", "outside_place"})
    EXPECT_TRUE(kinds.contains(known)) << known;
  const std::filesystem::path docs = std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "docs";
  const std::string explained = whole(docs / "problems.md") + whole(docs / "records.md");
  geo::Dataset dataset;
  dataset.project.title = {"空", "Empty"};
  for (const std::string& kind : kinds) {
    EXPECT_NE(explained.find("`" + kind + "`"), std::string::npos) << kind << " is not in docs/problems.md";
    dataset.problems.push_back({kind, "a.csv", 1, "", "text"});
  }
  for (const geo::Language language : {geo::Language::zh, geo::Language::en})
    for (const DataView::Kind& kind : data_view(CheckReport(dataset), language).problems)
      EXPECT_NE(kind.label, kind.id) << "has no name in kind_names of data_view.cpp";
}

}  // namespace
}  // namespace battlemap::app
