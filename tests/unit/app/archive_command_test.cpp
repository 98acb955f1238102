// battlemap archive through the program, on a project of three villages.
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "village_project.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

class ArchiveCommand : public VillageProject {
 protected:
  Outcome archive(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"archive", folder_.string(), "--township", township,  "--out",
                                       file().string(), "--dpi", "100"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_battlemap(arguments);
  }
  fs::path file() const { return root_ / "archive.pdf"; }
  std::string said_by(const std::string& command) const {
    std::string text;
    FILE* pipe = popen((command + " '" + file().string() + "' - 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
    pclose(pipe);
    return text;
  }
  std::string page_text(int page) const {
    return said_by("pdftotext -layout -f " + std::to_string(page) + " -l " + std::to_string(page));
  }
};

TEST_F(ArchiveCommand, HasCoverContentsOverviewRankingAndEveryBoard) {
  const Outcome outcome = archive({});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("16 pages"), std::string::npos) << outcome.out;  // 4 and two villages of six
  EXPECT_NE(page_text(1).find("乡镇规范档案"), std::string::npos);
  const std::string contents = page_text(2);
  for (const char* said : {"目录", "一村", "二村", "5", "16"}) EXPECT_NE(contents.find(said), std::string::npos) << said;
  EXPECT_EQ(contents.find("三村"), std::string::npos) << "not poor, so without sheets";
  EXPECT_NE(page_text(4).find("三村"), std::string::npos) << "but ranked";
  EXPECT_NE(page_text(5).find("一村"), std::string::npos);
  EXPECT_NE(page_text(11).find("二村"), std::string::npos);
}

TEST_F(ArchiveCommand, RanksByTheOverviewsIndicatorHighestFirst) {
  ASSERT_EQ(archive({}).code, 0);
  const std::string ranking = page_text(4);  // 24/500, 18/400, 3/300
  const std::size_t one = ranking.find("一村"), two = ranking.find("二村"), three = ranking.find("三村");
  ASSERT_NE(one, std::string::npos);
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
  EXPECT_NE(ranking.find("4.8"), std::string::npos);
  EXPECT_NE(ranking.find("24 / 500"), std::string::npos) << ranking;
  EXPECT_NE(ranking.find("45 / 1,200"), std::string::npos) << "the township's own";
}

TEST_F(ArchiveCommand, LongTablesGoOnOverSeveralPages) {
  std::string rows = read(folder_ / "village.csv"), places = read(folder_ / "village.geojson");
  places.resize(places.rfind("]}"));
  for (int i = 300; i < 400; ++i) {
    const std::string code = "630102100" + std::to_string(i), west = "101." + std::to_string(i),
                      east = "101." + std::to_string(i + 1);
    places += R"(,{"type":"Feature","properties":{"code":")" + code + R"(","name":"村)" + std::to_string(i) +
              R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + west + ",36],[" + east + ",36],[" + east +
              ",36.1],[" + west + ",36.1],[" + west + ",36]]]}}";
    for (const char* year : {"2015", "2016"}) rows += code + "," + year + ",1,0,100,1,2,2,0,0,9999,0,1,100,100,2\n";
  }
  write(folder_ / "village.csv", rows);
  write(folder_ / "village.geojson", places + "]}");
  const Outcome outcome = archive({});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string all = said_by("pdftotext -layout");
  for (int i = 300; i < 400; ++i)
    EXPECT_NE(all.find("村" + std::to_string(i)), std::string::npos) << "village " << i << " is ranked";
  std::size_t pages = 0;
  for (std::size_t at = all.find("各村排名"); at != std::string::npos; at = all.find("各村排名", at + 1)) ++pages;
  EXPECT_GE(pages, 3U) << "the contents and two pages of ranking at least";
  EXPECT_NE(all.find("合计"), std::string::npos);
}

TEST_F(ArchiveCommand, OtherPlacesFilesAndMapsAreRefused) {
  EXPECT_EQ(archive({"--overview", "profile"}).code, 2);
  EXPECT_EQ(archive({"--maps", "nothing"}).code, 2);
  const Outcome village = run_battlemap({"archive", folder_.string(), "--township", first, "--out", "a.pdf"});
  EXPECT_EQ(village.code, 2);
  EXPECT_NE(village.err.find("no township"), std::string::npos) << village.err;
  const Outcome png = run_battlemap({"archive", folder_.string(), "--township", township, "--out", "a.png"});
  EXPECT_EQ(png.code, 2);
  const Outcome nowhere =
      run_battlemap({"archive", folder_.string(), "--township", township, "--out", "/nowhere/a.pdf"});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_NE(nowhere.err.find("/nowhere"), std::string::npos) << nowhere.err;
}

}  // namespace
}  // namespace battlemap::app
