#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::app {

/// A record that was clicked.
struct RecordRef {
  geo::RecordKind kind = geo::RecordKind::household;
  std::uint32_t row = 0;
  friend bool operator==(const RecordRef&, const RecordRef&) = default;
};

/// A line of a card: what, and what is said of it; hidden values say so.
struct CardLine {
  std::string label;
  std::string value;
  bool hidden = false;   ///< from this audience
  bool missing = false;  ///< no data: a paler word
};

struct CardYear {
  int year = 0;
  std::string text;
  std::optional<double> value;
};

/// Who helps: a cadre's row, so that the card can filter by it.
struct CardHelper {
  std::string id;
  std::string text;  ///< role and unit
};

struct CardCriterion {
  std::string name;
  std::string text;  ///< "3,100 ≥ 2,952 元"
  geo::Judgement result = geo::Judgement::unknown;
};

/// All that is known of one record, in words. Holds nothing that the dataset hides.
struct RecordCard {
  std::string title;
  std::string subtitle;  ///< where it is
  std::vector<CardLine> lines;
  std::string years_title;  ///< of the yearly number; empty: it has none
  std::vector<CardYear> years;
  bool years_hidden = false;
  std::optional<std::vector<CardHelper>> helpers;  ///< households; nullopt: hidden or not known
  bool helpers_hidden = false;
  std::vector<CardCriterion> criteria;             ///< households whose exit was judged
  int judged_year = 0;
  geo::Judgement judged = geo::Judgement::unknown;
};
/// Exits are those judged at the end of `year`.
RecordCard record_card(const geo::Dataset& dataset, RecordRef record, int year, geo::Language language);

/// One line for a tooltip or a list: "一般贫困户 · 4 人 · 因病".
std::string record_sentence(const geo::Dataset& dataset, RecordRef record, geo::Language language);

}  // namespace battlemap::app
