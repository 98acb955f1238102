// Who may see what: nothing that is hidden is anywhere in the loaded dataset.
#include "geo/audience.hpp"

#include "geo/error.hpp"
#include "geo/record_counts.hpp"
#include "record_fixture.hpp"

namespace battlemap::geo {
namespace {

/// Every text of the records and problems, joined.
std::string all_texts(const Dataset& data) {
  std::string all;
  for (const RecordTable& table : data.records.tables)
    for (const std::string& text : table.strings) all += text + "\n";
  for (const CategorySet& set : data.records.sets)
    for (const Category& entry : set.entries)
      all += entry.id + "\n" + entry.name.zh + "\n" + entry.name.en + "\n";
  for (const Problem& problem : data.problems)
    all += problem.kind + problem.code + problem.message + std::to_string(problem.row) + "\n";
  return all;
}

bool any_number(const Dataset& data, double secret) {
  for (const RecordTable& table : data.records.tables)
    for (const RecordTable::Column& column : table.columns)
      for (const double number : column.numbers)
        if (number == secret) return true;
  return false;
}

class AudienceTest : public RecordProject {
 protected:
  void SetUp() override {
    RecordProject::SetUp();
    std::vector<TestRow> households{
        {{"SECRET1", first, "G1", "31", "一般贫困户", "因病", "因学", "4321", "2016", "医疗救助"},
         at(100.051, 36.052)},
        {{"SECRET2", first, "G2", "32", "低保户", "因残", "", "4322", "9999", "产业"}, at(100.061, 36.062)},
        {{"SECRET3", first, "G1", "33", "五保户", "缺水", "因病", "4323", "2017", "兜底保障"},
         at(100.071, 36.072)},
        {{"SECRET9", third, "", "39", "五保户", "懒病", "", "-4329", "2017", ""}, at(100.05, 36.05)}};
    for (int i = 0; i < 9; ++i)
      households.push_back({{"SECRETX" + std::to_string(i), second, "", "2", i < 3 ? "低保户" : "一般贫困户",
                             i < 7 ? "缺技术" : "缺水", "", "5000", i < 6 ? "2016" : "9999", "产业"},
                            at(100.15, 36.01 + 0.001 * i)});
    write_table(records_file(), "household",
                {"id", "code", "group", "people", "category", "cause", "cause2", "income_2016", "exit_year",
                 "measures"},
                households);
    write_table(records_file(), "group", {"id", "code", "name", "households"},
                {{{"G1", first, "一社", "2"}, at(100.02, 36.02)}, {{"G2", first, "二社", "1"}, ""}});
    write_table(records_file(), "cadre", {"id", "code", "role"}, {{{"HELPER1", first, "第一书记"}, ""}});
    write_table(records_file(), "pairing", {"id", "cadre", "household"},
                {{{"P1", "HELPER1", "SECRET1"}, ""},
                 {{"P2", "HELPER1", "SECRET2"}, ""},
                 {{"P3", "HELPER9", "SECRET7"}, ""}});
  }

  Dataset load_for(Audience audience, const std::string& keys = "", const std::string& within = "") const {
    LoadOptions options;
    options.records = true, options.audience = audience, options.records_within = within;
    return load_dataset(
        project(keys + records("household") + records("group") + records("cadre") + records("pairing")),
        options);
  }
};

TEST_F(AudienceTest, TheFieldSeesEverything) {
  const Dataset data = load_for(Audience::field);
  const std::string all = all_texts(data);
  for (const char* text : {"SECRET1", "SECRET9", "HELPER9", "因病", "懒病", "-4329"})
    EXPECT_NE(all.find(text), std::string::npos) << text;
  EXPECT_TRUE(any_number(data, 4321));
}

TEST_F(AudienceTest, LeadershipFindsNoSecretAnywhere) {
  const Dataset data = load_for(Audience::leadership);
  EXPECT_EQ(data.audience, Audience::leadership);
  const std::string all = all_texts(data);
  for (const char* text : {"SECRET", "HELPER", "4329", "懒病", "医疗救助\n", "Medical care and relief"})
    EXPECT_EQ(all.find(text), std::string::npos) << text;
  for (const double income : {4321, 4322, 4323, 5000}) EXPECT_FALSE(any_number(data, income)) << income;
  const CategorySet& causes = data.records.set("cause");
  EXPECT_EQ(causes.find("illness"), std::nullopt);
  EXPECT_EQ(causes.find("disability"), std::nullopt);
  EXPECT_NE(causes.find("unrecognised"), std::nullopt);
  const RecordTable& households = data.records[RecordKind::household];
  ASSERT_EQ(households.size(), 13U);
  EXPECT_EQ(households.status("income", 0, 2016), Status::masked);
  for (const std::int64_t row : households.source_rows) EXPECT_EQ(row, 0);
}

TEST_F(AudienceTest, LeadershipKeepsWhatBelongsTogether) {
  const Dataset field = load_for(Audience::field), data = load_for(Audience::leadership);
  const RecordTable& households = data.records[RecordKind::household];
  const auto cause = [](const Dataset& from, std::uint32_t row, const char* column) {
    const RecordTable& table = from.records[RecordKind::household];
    const auto entry = table.category(column, row);
    return entry ? from.records.set("cause").entries[*entry].id : std::string();
  };
  // Numbers run within the village, in an order that is not that of the ids; people tell who is who here.
  for (std::uint32_t row = 0; row < 3; ++row) {
    EXPECT_EQ(households.text("id", row), fmt::format("{}-户{:03}", first, row + 1));
    EXPECT_EQ(households.find(households.text("id", row)), row);
    const auto was =
        static_cast<std::uint32_t>(*households.number("people", row)) - 31;  // row of the field's table
    EXPECT_EQ(cause(data, row, "cause"), was < 2 ? "health" : cause(field, was, "cause"));
    EXPECT_EQ(cause(data, row, "cause2"), was == 2 ? "health" : cause(field, was, "cause2"));
    const auto cadres = paired_cadres(data.records, std::vector{row});
    EXPECT_EQ(cadres[0].size(), was < 2 ? 1U : 0U);
  }
  EXPECT_EQ(data.records[RecordKind::cadre].text("id", 0), fmt::format("{}-干部001", first));
  EXPECT_EQ(data.records[RecordKind::pairing].status("household", 2),
            Status::masked);  // paired with nobody known
  const Dataset village = load_for(Audience::leadership, "", first);
  for (std::uint32_t row = 0; row < 3; ++row) {
    EXPECT_EQ(village.records[RecordKind::household].text("id", row), households.text("id", row));
    EXPECT_EQ(village.records[RecordKind::household].number("people", row), households.number("people", row));
  }
}

TEST_F(AudienceTest, LeadershipSeesPlacesOfGroupsOrVillages) {
  const Dataset field = load_for(Audience::field), data = load_for(Audience::leadership);
  const RecordTable& households = data.records[RecordKind::household];
  const Point group = data.records[RecordKind::group].points[0];
  for (std::uint32_t row = 0; row < households.size(); ++row) {
    const Point point = households.points[row];
    const bool of_group = households.text("group", row) == "G1";
    const std::size_t cell = households.places[row].index;
    EXPECT_EQ(point, of_group ? group : data.coverage(Level::village).anchor(cell).at) << row;
    for (const Point exact : field.records[RecordKind::household].points) EXPECT_NE(point, exact);
  }
}

TEST_F(AudienceTest, ThePublicHasCountsOnly) {
  const Dataset data = load_for(Audience::public_);
  const std::string all = all_texts(data);
  for (const char* text : {"SECRET", "HELPER", "4329", "懒病", "P1"})
    EXPECT_EQ(all.find(text), std::string::npos) << text;
  const RecordTable& households = data.records[RecordKind::household];
  EXPECT_TRUE(households.loaded);
  EXPECT_TRUE(households.dropped);
  EXPECT_EQ(households.size(), 0U);
  EXPECT_TRUE(households.points.empty());
  EXPECT_TRUE(households.columns.empty());
  EXPECT_EQ(data.records[RecordKind::cadre].size(), 0U);
  EXPECT_EQ(data.records[RecordKind::group].status("households", 0), Status::masked);
  EXPECT_EQ(record_count(data, RecordKind::household, place(data, "63")).value, 13);
  // 3 and 1 households are few; with 9 shown beside 13 they would be 4 together: 9 is hidden too.
  for (const char* code : {first, second, third})
    EXPECT_EQ(record_count(data, RecordKind::household, place(data, code)).status, Status::masked) << code;
}

TEST_F(AudienceTest, ThePublicSeesOneSheetAsItSeesAll) {
  const Dataset all = load_for(Audience::public_), one = load_for(Audience::public_, "", second);
  CountQuery query;
  query.by = "category";
  for (const char* code : {first, second, "630102100", "63"}) {
    const CountTable a = count_records(all, place(all, code), query),
                     b = count_records(one, place(one, code), query);
    EXPECT_EQ(a.total.status, b.total.status) << code;
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
      EXPECT_EQ(a.row_totals[i].status, b.row_totals[i].status) << code << " " << i;
      EXPECT_EQ(a.row_totals[i].value, b.row_totals[i].value) << code << " " << i;
    }
  }
}

TEST_F(AudienceTest, PublicCountsGiveNothingAwayBySubtraction) {
  const Dataset data = load_for(Audience::public_);
  for (const char* field : {"category", "cause", "exit_year"}) {
    CountQuery query;
    query.by = field;
    for (const char* code : {first, second, third, "630102100", "63"}) {
      const CountTable table = count_records(data, place(data, code), query);
      int hidden = table.total.has_value() ? 0 : 1;
      for (const Value& value : table.row_totals) {
        hidden += value.has_value() ? 0 : 1;
        EXPECT_FALSE(value.has_value() && value.value > 0 && value.value < 5) << field << " " << code;
        EXPECT_TRUE(value.has_value() || value.value == 0);
      }
      EXPECT_NE(hidden, 1) << field << " " << code;
    }
  }
  CountQuery cross;
  cross.by = "category", cross.across = "cause";
  for (const Value& value : count_records(data, place(data, "63"), cross).cells)
    EXPECT_EQ(value.status, Status::masked);
  CountQuery filtered;
  filtered.by = "category", filtered.filter.causes = {"health"};
  EXPECT_EQ(count_records(data, place(data, "63"), filtered).total.status, Status::masked);
  filtered.filter.causes = {"illness"};
  EXPECT_THROW(count_records(data, place(data, "63"), filtered), UsageError);
}

TEST_F(AudienceTest, TheProjectsAudienceHoldsWhenNobodySaysOtherwise) {
  LoadOptions options;
  options.records = true;
  const Dataset data = load_dataset(project(records("household"), "audience = 'public'"), options);
  EXPECT_EQ(data.audience, Audience::public_);
  EXPECT_EQ(data.records[RecordKind::household].size(), 0U);
  EXPECT_EQ(load_dataset(project(records("household"), "audience = 'public'")).audience, Audience::public_);
}

TEST_F(AudienceTest, AProjectsOwnRulesReplaceAnAudiences) {
  write_text(folder_ / "audience.toml",
             "[leadership]\n[[leadership.rule]]\nkind = 'household'\nfield = 'income'\naction = "
             "'coarsen'\nstep = 500\n"
             "[[leadership.rule]]\nkind = 'household'\nfield = 'point'\naction = 'hide'\n"
             "[[leadership.rule]]\nkind = 'household'\nfield = 'id'\naction = 'hide'\n"
             "[[leadership.rule]]\nkind = 'household'\nfield = 'cause'\naction = 'hide'\n");
  const std::string keys = "[files]\naudience = 'audience.toml'\n";
  const Dataset data = load_for(Audience::leadership, keys);
  const RecordTable& households = data.records[RecordKind::household];
  EXPECT_EQ(households.number("income", 0, 2016), 4000);
  EXPECT_FALSE(households.has_point(0));
  EXPECT_EQ(households.text("id", 0), "");
  EXPECT_EQ(data.records[RecordKind::pairing].status("household", 0), Status::masked);
  EXPECT_EQ(all_texts(data).find("SECRET"), std::string::npos);
  CountQuery query;
  query.by = "cause";
  for (const Value& value : count_records(data, {}, query).row_totals)
    EXPECT_EQ(value.status, Status::masked);
  EXPECT_EQ(load_for(Audience::public_, keys).records[RecordKind::household].size(),
            0U);  // the built-in rules
}

TEST_F(AudienceTest, RulesAreCheckedOnReading) {
  const auto error = [&](const std::string& toml) {
    write_text(folder_ / "a.toml", toml);
    return error_of([&] { read_audience(folder_ / "a.toml", Audience::public_); });
  };
  const std::string rule = "[[public.rule]]\nkind = 'household'\n";
  EXPECT_NE(error("[publik]\n").find("did you mean public?"), std::string::npos);
  EXPECT_NE(error(rule + "field = 'incme'\naction = 'hide'\n").find("did you mean income?"),
            std::string::npos);
  EXPECT_NE(error(rule + "field = 'income'\naction = 'coarsen'\n").find("'step' is missing"),
            std::string::npos);
  EXPECT_NE(error(rule + "field = 'group'\naction = 'renumber'\n").find("only ids"), std::string::npos);
  EXPECT_NE(error(rule + "field = 'food'\naction = 'coarsen'\n").find("can be coarsened"), std::string::npos);
  EXPECT_NE(error("[leadership]\nsupress_below = 5\n").find("did you mean suppress_below?"),
            std::string::npos);
  EXPECT_EQ(parse_audience("public"), Audience::public_);
  EXPECT_THROW(parse_audience("pubic"), UsageError);
}

}  // namespace
}  // namespace battlemap::geo
