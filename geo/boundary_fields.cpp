#include "geo/boundary_fields.hpp"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/cell.hpp"
#include "geo/code_match.hpp"
#include "geo/error.hpp"
#include "geo/gdal_open.hpp"

namespace battlemap::geo {
namespace {

constexpr int most_sampled = 5000;

/// Different values of one field: those that are codes, and those that people wrote.
struct FieldContent {
  std::set<Code> codes;
  std::set<std::string> names;
  int filled = 0;
};

std::string code_text(const OGRFeature& feature, int field, bool is_real) {
  if (!is_real || !feature.IsFieldSetAndNotNull(field)) return text_of(feature, field);
  const double number = feature.GetFieldAsDouble(field);
  const bool whole = number >= 0 && number < 1e15 && number == std::floor(number);
  return whole ? fmt::format("{:.0f}", number) : fmt::format("{}", number);
}

void look_at(const OGRFeature& feature, const BoundarySource& source, int field, bool text,
             FieldContent& content) {
  const std::string value = code_text(feature, field, feature.GetDefnRef()->GetFieldDefn(field)->GetType() == OFTReal);
  if (value.empty()) return;
  ++content.filled;
  const auto code = source.several_levels ? code_of_cell(value)
                                          : Code::parse_at(undo_number(value, source.level), source.level);
  if (code) content.codes.insert(*code);
  const bool written = std::any_of(value.begin(), value.end(), [](char c) { return (c & 0x80) != 0; });
  if (text && written) content.names.insert(value);
}

std::vector<FieldContent> look_at_all(const VectorSource& vectors, const BoundarySource& source) {
  const OGRFeatureDefn& definition = *vectors.layer().GetLayerDefn();
  std::vector<FieldContent> contents(static_cast<std::size_t>(definition.GetFieldCount()));
  std::vector<int> all(contents.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
  vectors.read_without_geometry(all);
  int features = 0;
  for (const auto& feature : vectors.layer()) {
    for (const int i : all)
      look_at(*feature, source, i, definition.GetFieldDefn(i)->GetType() == OFTString,
              contents[static_cast<std::size_t>(i)]);
    if (++features == most_sampled) break;
  }
  vectors.read_only_fields({});
  return contents;
}

/// The field with the most of what `size` counts, the first of several; -1: none has more than none.
template <class Size>
int richest(const std::vector<FieldContent>& contents, const Size& size) {
  const auto best = std::max_element(contents.begin(), contents.end(),
                                     [&](const auto& a, const auto& b) { return size(a) < size(b); });
  return best == contents.end() || size(*best) == 0 ? -1 : static_cast<int>(best - contents.begin());
}

std::string name_of(const VectorSource& vectors, int field) {
  return utf8_of(vectors.layer().GetLayerDefn()->GetFieldDefn(field)->GetNameRef());
}

class FieldFinder {
 public:
  FieldFinder(const VectorSource& vectors, const BoundarySource& source, ProblemLog& log)
      : vectors_(vectors), source_(source), log_(log) {}

  int code() {
    if (!source_.code_field.empty()) return vectors_.field("code_field", source_.code_field);
    if (const int field = vectors_.find_field("code"); field >= 0) return field;
    // Codes of parents are codes, too, but few different ones; half of what is filled must be codes.
    const int found = richest(contents(), [](const FieldContent& c) {
      return 2 * c.codes.size() >= static_cast<std::size_t>(c.filled) || c.codes.size() > 50 ? c.codes.size()
                                                                                             : 0;
    });
    if (found < 0) fail_without_code();
    log_.add(
        "found_field", 0, "",
        fmt::format(
            "no field is called code; codes were found in '{}' ({} different ones); set code_field when that "
            "is wrong",
            name_of(vectors_, found), contents()[static_cast<std::size_t>(found)].codes.size()));
    return found;
  }

  int name() {
    if (!source_.name_field.empty()) return vectors_.field("name_field", source_.name_field);
    if (const int field = vectors_.find_field("name"); field >= 0) return field;
    const int found = richest(contents(), [](const FieldContent& c) { return c.names.size(); });
    if (found >= 0)
      log_.add(
          "found_field", 0, "",
          fmt::format("no field is called name; names were found in '{}'; set name_field when that is wrong",
                      name_of(vectors_, found)));
    return found;
  }

 private:
  [[noreturn]] void fail_without_code() const {
    vectors_.field_missing("code_field", "code",
                           fmt::format(" and no other that holds {} codes",
                                       source_.several_levels ? "division" : level_id(source_.level)));
  }

  const std::vector<FieldContent>& contents() {
    if (contents_.empty()) contents_ = look_at_all(vectors_, source_);
    return contents_;
  }

  const VectorSource& vectors_;
  const BoundarySource& source_;
  ProblemLog& log_;
  std::vector<FieldContent> contents_;
};

/// "county", "县", "县级", "3".
std::optional<Level> level_of_word(std::string_view word) {
  constexpr std::string_view grade = "级";
  if (word.ends_with(grade)) word.remove_suffix(grade.size());
  for (const Level level : all_levels) {
    const bool number = word.size() == 1 && word[0] == '1' + static_cast<char>(level);
    if (number || word == level_id(level) || word == level_name_zh(level)) return level;
  }
  constexpr std::pair<std::string_view, Level> others[] = {
      {"市", Level::prefecture}, {"地", Level::prefecture}, {"州", Level::prefecture},
      {"区县", Level::county},   {"乡", Level::township},   {"镇", Level::township}};
  for (const auto& [known, level] : others)
    if (word == known) return level;
  return std::nullopt;
}

}  // namespace

BoundaryFields find_boundary_fields(const VectorSource& vectors, const BoundarySource& source,
                                    ProblemLog& log) {
  BoundaryFields fields;
  FieldFinder finder(vectors, source, log);
  fields.code = finder.code();
  fields.name = finder.name();
  if (!source.type_field.empty()) fields.type = vectors.field("type_field", source.type_field);
  if (!source.level_field.empty()) fields.level = vectors.field("level_field", source.level_field);
  const OGRFieldType type = vectors.layer().GetLayerDefn()->GetFieldDefn(fields.code)->GetType();
  fields.code_is_real = type == OFTReal;
  fields.code_is_number = type == OFTReal || type == OFTInteger || type == OFTInteger64;
  return fields;
}

BoundaryTexts boundary_texts(const OGRFeature& feature, const BoundaryFields& fields) {
  const auto text = [&](int field) { return field < 0 ? std::string() : text_of(feature, field); };
  return {code_text(feature, fields.code, fields.code_is_real), text(fields.name), text(fields.type), text(fields.level)};
}

std::string undo_number(std::string code, Level level) {
  if (code.ends_with(".0")) code.resize(code.size() - 2);
  if (code.size() + 1 == static_cast<std::size_t>(digits_of(level))) code.insert(code.begin(), '0');
  return code;
}

std::optional<Level> boundary_level(const BoundaryTexts& feature) {
  if (const auto level = level_of_word(feature.level)) return level;
  const auto code = code_of_cell(feature.code);
  return code ? std::optional(code->level()) : std::nullopt;
}

std::vector<BoundarySource> expand_levels(const std::vector<BoundarySource>& sources) {
  std::vector<BoundarySource> expanded;
  for (const BoundarySource& source : sources) {
    if (!source.several_levels) {
      expanded.push_back(source);
      continue;
    }
    Problems told_when_reading;
    const QuietGdal quiet;
    const VectorSource vectors(source.dataset, source.layer, source.network, source.encoding);
    ProblemLog log(told_when_reading, vectors.name(), 0);
    const BoundaryFields fields = find_boundary_fields(vectors, source, log);
    vectors.read_without_geometry({fields.code, fields.level});
    std::set<Level> levels;
    for (const auto& feature : vectors.layer())
      if (const auto level = boundary_level(boundary_texts(*feature, fields))) levels.insert(*level);
    if (levels.empty())
      fail(
          "{}: no feature says its level, neither by its code nor by level_field; name one level instead of "
          "several",
          vectors.name());
    for (const Level level : levels) {
      expanded.push_back(source);
      expanded.back().level = level;
      expanded.back().reports_strays = level == *levels.begin();
    }
  }
  return expanded;
}

}  // namespace battlemap::geo
