// What panels print equals SQL over the records they were read from.
#include <gtest/gtest.h>

#include <map>

#include "../geo/record_fixture.hpp"
#include "render/compose.hpp"

namespace battlemap::geo {
namespace {

using Counts = std::map<std::string, std::size_t>;

class BoardCounts : public RecordProject {
 protected:
  void SetUp() override {
    RecordProject::SetUp();
    write_records();
    std::filesystem::create_directories(folder_ / "maps");
    write_text(folder_ / "maps/board.toml",
               "id = 'board'\ntitle = '图'\ndefault_level = 'village'\n"
               "[[panel]]\nkind = 'bar'\nfield = 'cause'\n"
               "[[panel]]\nkind = 'table'\nfield = 'category'\nby = 'state'\n"
               "[[panel]]\nkind = 'key_figures'\n[[panel.figure]]\nrecords = 'household'\nfield = 'people'\n");
    write_text(folder_ / "indicators.toml", "[[indicator]]\nid = 'poor'\nname = '贫困人口'\nkind = 'count'\n");
    std::filesystem::copy_file(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/palettes.toml",
                               folder_ / "palettes.toml");
    write_text(folder_ / "village.csv", fmt::format("code,year,poor\n{},2016,7\n", first));
    project(records("household") + "[[statistics]]\nlevel = 'village'\ndataset = 'village.csv'\n");
    LoadOptions options;
    options.records = true;
    atlas_ = render::load_atlas(folder_, options);
  }

  void write_records() {
    const char* const causes[] = {"因病", "因残", "因学", "缺技术", "缺水"};
    const char* const categories[] = {"一般贫困户", "低保户", "五保户"};
    std::vector<TestRow> rows;
    for (int i = 0; i < 97; ++i) {
      const char* village = i % 5 == 0 ? second : first;
      const double x = village == first ? 100.02 + 0.0006 * i : 100.12 + 0.0006 * i;
      rows.push_back({{fmt::format("h{}", i), village, causes[(i * i + i / 7) % 5], categories[i % 3],
                       i % 4 == 0 ? "9999" : std::to_string(2014 + i % 4), std::to_string(1 + i % 6)},
                      at(x, 36.03 + 0.0004 * (i % 90))});
    }
    write_table(records_file(), "household", {"id", "code", "cause", "category", "exit_year", "people"}, rows);
  }

  Counts sql(const std::string& query) const {
    GDALDataset* data = GDALDataset::Open(records_file().c_str(), GDAL_OF_VECTOR);
    OGRLayer* result = data->ExecuteSQL(query.c_str(), nullptr, "SQLITE");
    Counts counts;
    for (auto& feature : *result)
      counts[feature->GetFieldAsString(0)] = static_cast<std::size_t>(feature->GetFieldAsInteger(1));
    data->ReleaseResultSet(result);
    GDALClose(data);
    return counts;
  }

  std::vector<std::string> words(const char* place, int year) const {
    static const render::TextEngine engine;
    render::SheetRequest request;
    request.map = "board", request.place = RecordProject::place(atlas_->dataset, place), request.year = year;
    std::vector<std::string> found;
    for (const render::Layer& layer : render::compose(*atlas_, engine, request).layers)
      if (layer.name == "panels")
        for (const render::Item& item : layer.items)
          if (const auto* text = std::get_if<render::TextItem>(&item)) found.push_back(text->text);
    return found;
  }

  static std::string after(const std::vector<std::string>& words, const std::string& label, std::size_t steps) {
    const auto at = std::find(words.begin(), words.end(), label);
    const auto left = static_cast<std::size_t>(words.end() - at);
    return left > steps ? at[static_cast<std::ptrdiff_t>(steps)] : "not found";
  }

  std::shared_ptr<const render::Atlas> atlas_;
};

TEST_F(BoardCounts, BarsEqualSql) {
  for (const char* place : {first, second, "630102100", "63"}) {
    const Counts counts = sql(fmt::format(
        "SELECT cause, COUNT(*) FROM household WHERE code LIKE '{}%' GROUP BY cause", place));
    ASSERT_FALSE(counts.empty());
    for (const auto& [cause, count] : counts)
      EXPECT_EQ(after(words(place, 2016), cause, 1), std::to_string(count)) << cause << " in " << place;
  }
}

TEST_F(BoardCounts, TablesEqualSqlInEveryYear) {
  for (const int year : {2015, 2016})
    for (const auto& [category, out] :
         sql(fmt::format("SELECT category, SUM(exit_year <= {}) FROM household WHERE code = '{}' GROUP BY category",
                         year, first))) {
      const auto said = words(first, year);
      const Counts all = sql(fmt::format("SELECT category, COUNT(*) FROM household WHERE code = '{}' GROUP BY category",
                                         first));
      EXPECT_EQ(after(said, category, 1), std::to_string(all.at(category) - out)) << category << year;
      EXPECT_EQ(after(said, category, 2), std::to_string(out)) << category << year;
      EXPECT_EQ(after(said, category, 3), std::to_string(all.at(category))) << category << year;
    }
}

TEST_F(BoardCounts, SumsEqualSql) {
  const auto people = sql("SELECT 'people', SUM(people) FROM household WHERE code = '630102100200'");
  const auto said = words(first, 2016);
  EXPECT_NE(std::find(said.begin(), said.end(), std::to_string(people.at("people"))), said.end());
}

}  // namespace
}  // namespace battlemap::geo
