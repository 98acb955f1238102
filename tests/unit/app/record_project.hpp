#pragma once
#include "disk_project.hpp"
#include "geo/dataset.hpp"

namespace battlemap::app {

/// Five households of 甲一村 (h1 to h3) and 乙一村 (h4, h5), with a cadre who helps h1 and h4, another who helps
/// h2, and nobody for the others.
class RecordedProject : public DiskProject {
 protected:
  RecordedProject() {
    write("household.csv",
          "id,code,people,category,cause,income_2015,income_2016,planned_exit,exit_year,measures\n"
          "h1,630121100200,4,一般贫困户,因病,2100,3200,2016,2016,产业;医疗救助\n"
          "h2,630121100200,3,低保户,因残,1900,,2017,9999,低保兜底\n"
          "h3,630121100200,2,一般贫困户,因病,2000,2500,,9999,\n"
          "h4,630122100200,5,一般贫困户,因学,2200,3300,2016,2017,产业\n"
          "h5,630122100200,1,五保户,缺劳力,1800,2400,2018,9999,低保兜底\n");
    write("cadre.csv", "id,code,role,unit\nc1,630121100200,第一书记,u1\nc2,630121100200,帮扶干部,u1\n");
    write("unit.csv", "id,name,type\nu1,县农牧局,机关\n");
    write("pairing.csv", "id,cadre,household\np1,c1,h1\np2,c1,h4\np3,c2,h2\n");
    for (const char* kind : {"household", "cadre", "unit", "pairing"})
      append("project.toml", std::string("[[records]]\nkind = '") + kind + "'\ndataset = '" + kind + ".csv'\n");
  }

  geo::Dataset load() const {
    geo::LoadOptions options;
    options.records = true;
    return geo::load_dataset(geo::read_project(folder_), options);
  }
  static geo::DivisionRef place(const geo::Dataset& dataset, std::string_view code) {
    return *dataset.tree.find(*geo::Code::parse(code));
  }
  static std::uint32_t row(const geo::Dataset& dataset, std::string_view id) {
    return *dataset.records[geo::RecordKind::household].find(id);
  }
  static geo::RecordTable& households(geo::Dataset& dataset) {
    return dataset.records.tables[static_cast<std::size_t>(geo::RecordKind::household)];
  }
  /// Hides every value of a field, as the rules of an audience would.
  static void hide(geo::Dataset& dataset, std::string_view field) {
    for (geo::RecordTable::Column& column : households(dataset).columns)
      if (column.field->id == field) column.status.assign(column.status.size(), geo::Status::masked);
  }
};

}  // namespace battlemap::app
