#include <fmt/format.h>

#include "render/handbook_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double row_mm = 4.7;

struct Sign {
  Page::Mark mark;
  Colour colour;
};

Sign sign_of(const HandbookPage& page, const geo::CriterionResult& result) {
  const Theme& c = page.colours();
  switch (result.result) {
    case geo::Judgement::pass:
      return {Page::Mark::tick, c.good};
    case geo::Judgement::fail:
      return {Page::Mark::cross, c.action};
    case geo::Judgement::not_applicable:
      return {Page::Mark::dash, c.text_muted};
    case geo::Judgement::unknown:
      break;
  }
  return {Page::Mark::question, c.text_muted};
}

bool is_yes_no(const geo::Criterion& criterion) {
  const geo::FieldSchema* field = geo::find_field(geo::RecordKind::household, criterion.field);
  return field != nullptr && field->type == geo::FieldType::yes_no;
}

std::string value_text(const HandbookPage& page, const geo::Criterion& criterion,
                       const geo::CriterionResult& result) {
  const geo::Text& none = geo::status_name(result.status);
  if (!result.has_value()) return page.pen.say(none);
  if (is_yes_no(criterion))
    return result.value != 0 ? page.pen.say("有保障", "Secured") : page.pen.say("无保障", "Not secured");
  return geo::format_number(result.value, criterion.decimals) + " " + page.pen.say(criterion.unit);
}

/// "≥ 2,952"; nothing for yes or no, which says it itself.
std::string threshold_text(const HandbookPage& page, const geo::Criterion& criterion,
                           const geo::CriterionResult& result) {
  if (is_yes_no(criterion)) return {};
  const bool known = result.threshold == result.threshold;
  return page.pen.say("标准 ", "standard ") +
         fmt::format("{} {}", geo::comparison_sign(criterion.comparison),
                     known ? geo::format_number(result.threshold, criterion.decimals) : "?");
}

void add_criterion(const HandbookPage& page, const geo::Criterion& criterion,
                   const geo::CriterionResult& result, double baseline) {
  const Sign sign = sign_of(page, result);
  Page& pen = page.pen;
  pen.mark(sign.mark, handbook_left + 1.6, baseline - 1.1, 2.8, sign.colour);
  const bool failed = result.result == geo::Judgement::fail;
  PageType type = failed ? page.bold(8.5) : page.type(8.5);
  if (failed) type.colour = page.colours().action;
  pen.left(pen.say(criterion.name), type, handbook_left + 5.5, baseline, 40);
  pen.right(value_text(page, criterion, result), type, handbook_left + 74, baseline, 40);
  pen.left(threshold_text(page, criterion, result), page.muted(8.5), handbook_left + 80, baseline, handbook_right - handbook_left - 80);
}

/// The judgement beside the recorded exit: agree, contradict, or one is missing.
struct Verdict {
  std::string words;
  Colour colour;
};
Verdict verdict_of(const HandbookPage& page, const geo::ExitJudgement& judgement) {
  Page& pen = page.pen;
  const Theme& c = page.colours();
  const bool pass = judgement.judged == geo::Judgement::pass, out = judgement.recorded.has_value();
  if (judgement.contradicted())
    return {
        pen.say("登记已脱贫,但未全部达标:须核查", "Recorded as out, but a criterion fails: to be checked"),
        c.action};
  if (pass && out) return {pen.say("全部达标,与登记一致", "All criteria met, as recorded"), c.good};
  if (pass) return {pen.say("全部达标,尚未登记脱贫", "All criteria met, exit not recorded yet"), c.good};
  if (judgement.judged == geo::Judgement::fail)
    return {pen.say("未全部达标", "Not all criteria met"), c.action};
  return {pen.say("资料不全,无法判断", "Cannot be told: something is missing"), c.text_muted};
}

}  // namespace

void add_criteria(const HandbookPage& page, double y) {
  page.section("退出指标", "Exit criteria", y);
  const auto found = page.facts.judgement();
  if (!found) {
    page.pen.left(page.pen.say("未作判定", "Not judged"), page.muted(9), handbook_left, y + 11.5, handbook_content_mm);
    return;
  }
  const geo::ExitTable& table = *page.facts.judgements();
  const Verdict verdict = verdict_of(page, table.judgements[*found]);
  PageType type = page.bold(9);
  type.colour = verdict.colour;
  page.pen.right(verdict.words, type, handbook_right, y + 5.4, handbook_content_mm - 34);
  const auto results = table.results_of(*found);
  for (std::size_t k = 0; k < results.size(); ++k)
    add_criterion(page, table.criteria()[k], results[k], y + 11.3 + row_mm * static_cast<double>(k));
}

}  // namespace battlemap::render
