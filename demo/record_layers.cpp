#include <fmt/format.h>

#include "demo/geopackage.hpp"
#include "demo/province_records.hpp"

namespace battlemap::demo {
namespace {

constexpr std::int64_t not_yet = 9999;
constexpr FieldType text = FieldType::text, whole = FieldType::integer, real = FieldType::real;
using Row = std::vector<FieldValue>;

void append_yearly(std::vector<Field>& fields, const std::string& name) {
  for (std::size_t y = 0; y < year_count; ++y)
    fields.push_back({fmt::format("{}_{}", name, first_year + static_cast<int>(y)), whole});
}

std::vector<Field> household_fields() {
  std::vector<Field> fields{
      {"id", text},      {"code", text},          {"group", text},      {"people", whole},
      {"labour", whole}, {"category", text},      {"cause", text},      {"cause2", text},
      {"land_mu", real}, {"planned_exit", whole}, {"exit_year", whole}, {"measures", text}};
  append_yearly(fields, "income");
  for (const char* guarantee : household_guarantees) append_yearly(fields, guarantee);
  return fields;
}

std::string measures_text(std::uint32_t measures) {
  std::vector<const char*> list;
  for (std::size_t i = 0; i < measure_batches.size(); ++i)
    if ((measures >> i & 1U) != 0) list.push_back(measure_batches[i]);
  return fmt::format("{}", fmt::join(list, ";"));
}

FieldValue or_null(bool there, FieldValue value) {
  return there ? std::move(value) : FieldValue{};
}

class Writer {
 public:
  Writer(const std::filesystem::path& file, const ProvinceInput& input, const Figures& figures,
         const ProvinceRecords& records)
      : out_(file), input_(input), figures_(figures), records_(records) {}
  void run() {
    households(), groups(), facilities(), projects(), cadres(), units(), pairings(), roads();
    out_.finish();
  }

 private:
  using Shape = GeoPackageWriter::Shape;
  const std::string& code(std::size_t v) const { return input_.villages[figures_.villages[v].village].code; }
  std::string group_id(std::size_t v, std::size_t g) const {
    return fmt::format("G{}-{:02}", code(v), g + 1);
  }

  void households() {
    out_.begin_layer("household", Shape::point, household_fields());
    std::size_t next = 0;
    for (std::size_t v = 0; v < records_.settlements.size(); ++v) {
      std::size_t number = 0;
      for (std::size_t g = 0; g < records_.groups[v].size(); ++g)
        for (const GridPoint place : records_.settlements[v].households[g]) {
          household_ids_.push_back(fmt::format("H{}-{:03}", code(v), ++number));
          out_.add_point(place, household_row(records_.households[next++], v, g));
        }
    }
    out_.index_field("code");
  }
  Row household_row(const HouseholdDetails& d, std::size_t v, std::size_t g) const {
    Row row{household_ids_.back(),  code(v),
            group_id(v, g),         std::int64_t{d.course.people},
            std::int64_t{d.labour}, household_categories[d.category],
            poverty_causes[d.cause]};
    row.push_back(or_null(d.cause2 >= 0, poverty_causes[static_cast<std::size_t>(std::max(d.cause2, 0))]));
    row.emplace_back(d.land_mu);
    row.push_back(or_null(d.planned_exit > 0, std::int64_t{d.planned_exit}));
    row.emplace_back(d.course.exit_year == 0 ? not_yet
                                             : static_cast<std::int64_t>(first_year) +
                                                   static_cast<std::int64_t>(d.course.exit_year));
    row.emplace_back(measures_text(d.measures));
    for (const int income : d.income) row.emplace_back(std::int64_t{income});
    for (const auto& years : d.met)
      for (const bool met : years) row.emplace_back(std::int64_t{met ? 1 : 0});
    return row;
  }

  void groups() {
    out_.begin_layer(
        "group", Shape::point,
        {{"id", text}, {"code", text}, {"name", text}, {"households", whole}, {"people", whole}});
    for (std::size_t v = 0; v < records_.groups.size(); ++v)
      for (std::size_t g = 0; g < records_.groups[v].size(); ++g) {
        const VillageGroup& group = records_.groups[v][g];
        out_.add_point(records_.settlements[v].groups[g],
                       Row{group_id(v, g), code(v), group.name, group.households, group.people});
      }
    out_.index_field("code");
  }

  void facilities() {
    out_.begin_layer(
        "facility", Shape::point,
        {{"id", text}, {"code", text}, {"name", text}, {"type", text}, {"built", whole}, {"working", whole}});
    for (std::size_t v = 0; v < records_.works.size(); ++v)
      for (std::size_t k = 0; k < records_.works[v].facilities.size(); ++k) {
        const Facility& facility = records_.works[v].facilities[k];
        const Settlement& settlement = records_.settlements[v];
        out_.add_point(k == 0 ? settlement.seat : settlement.facilities[k - 1],
                       Row{fmt::format("S{}-{:02}", code(v), k + 1), code(v), facility.name, facility.type,
                           std::int64_t{facility.built}, std::int64_t{facility.working ? 1 : 0}});
      }
    out_.index_field("code");
  }

  void projects() {
    std::vector<Field> fields{{"id", text},     {"code", text},   {"name", text},
                              {"sector", text}, {"funds", whole}, {"start", whole},
                              {"end", whole},   {"paid", whole},  {"progress", whole}};
    append_yearly(fields, "paid"), append_yearly(fields, "progress");
    out_.begin_layer("project", Shape::point, fields);
    for (std::size_t v = 0; v < records_.works.size(); ++v)
      for (std::size_t k = 0; k < records_.works[v].projects.size(); ++k)
        out_.add_point(records_.settlements[v].projects[k], project_row(v, k));
    out_.index_field("code");
  }
  Row project_row(std::size_t v, std::size_t k) const {
    const Project& project = records_.works[v].projects[k];
    const std::string sector = project_sectors[project.sector];
    Row row{fmt::format("P{}-{:02}", code(v), k + 1),
            code(v),
            fmt::format("{}项目", sector),
            sector,
            project.funds,
            std::int64_t{project.start},
            std::int64_t{project.end},
            project.paid.back(),
            std::int64_t{project.progress.back()}};
    for (const std::int64_t paid : project.paid) row.emplace_back(paid);
    for (const int progress : project.progress) row.emplace_back(std::int64_t{progress});
    return row;
  }

  void cadres() {
    out_.begin_layer("cadre", Shape::none, {{"id", text}, {"code", text}, {"role", text}, {"unit", text}});
    for (const Cadre& cadre : records_.helpers.cadres)
      out_.add_row(Row{cadre.id, code(cadre.village), cadre.role, or_null(!cadre.unit.empty(), cadre.unit)});
    out_.index_field("code");
  }
  void units() {
    out_.begin_layer("unit", Shape::none, {{"id", text}, {"code", text}, {"name", text}, {"type", text}});
    for (const Unit& unit : records_.helpers.units)
      out_.add_row(Row{unit.id, unit.code, unit.name, unit.type});
    out_.index_field("code");
  }
  void pairings() {
    out_.begin_layer("pairing", Shape::none,
                     {{"id", text},
                      {"code", text},
                      {"cadre", text},
                      {"household", text},
                      {"unit", text},
                      {"since", whole}});
    const Helpers& helpers = records_.helpers;
    for (std::size_t i = 0; i < helpers.pairings.size(); ++i) {
      const Pairing& pairing = helpers.pairings[i];
      Row row{fmt::format("R{:06}", i + 1), code(pairing.village)};
      row.push_back(pairing.cadre == Pairing::none ? FieldValue{} : helpers.cadres[pairing.cadre].id);
      row.push_back(pairing.household == Pairing::none ? FieldValue{} : household_ids_[pairing.household]);
      row.push_back(pairing.unit == Pairing::none ? FieldValue{} : helpers.units[pairing.unit].id);
      row.emplace_back(std::int64_t{pairing.since});
      out_.add_row(row);
    }
    out_.index_field("code");
  }
  void roads() {
    out_.begin_layer("road", Shape::line, {{"id", text}, {"code", text}, {"name", text}, {"type", text}});
    for (std::size_t v = 0; v < records_.settlements.size(); ++v)
      for (std::size_t k = 0; k < records_.settlements[v].roads.size(); ++k)
        add_road(records_.settlements[v].roads[k], v, k);
    out_.index_field("code");
  }

  void add_road(const SettledRoad& road, std::size_t v, std::size_t k) {
    const char* type = road.kind == RoadKind::village    ? "村道"
                       : road.kind == RoadKind::township ? "乡道"
                                                         : "县道";
    out_.add_road(road.points, Row{fmt::format("L{}-{:02}", code(v), k + 1), code(v), FieldValue{}, type});
  }

  GeoPackageWriter out_;
  const ProvinceInput& input_;
  const Figures& figures_;
  const ProvinceRecords& records_;
  std::vector<std::string> household_ids_;
};

}  // namespace

void write_records(const std::filesystem::path& file, const ProvinceInput& input, const Figures& figures,
                   const ProvinceRecords& records) {
  Writer(file, input, figures, records).run();
}

}  // namespace battlemap::demo
