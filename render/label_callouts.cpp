#include <algorithm>
#include <cmath>

#include "render/labeller.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t most_called_out_of = 90;  ///< names; more are too many to be led beside the land
constexpr int most_rounds = 5;

}  // namespace

bool Labeller::may_call_out(const Candidate& c) const {
  // A name of the level above has no number to show there, and its land is not a spot to point at.
  return !c.neighbour && !c.coarse && finest_ == scene_.level && finest_ <= geo::Level::county &&
         candidates_.size() <= most_called_out_of;
}

TextStyle Labeller::callout_style(Weight weight) const {
  TextStyle style = type_style(scene_, type_small, scene_.theme.text, weight);
  style.tabular = true;
  return style;
}

/// A column right of the land, its rows about as high as the places they name; nothing where there is no
/// room.
std::optional<Callouts> Labeller::arrange_callouts(std::vector<std::size_t> members) const {
  const Layout& l = scene_.layout;
  const Rect& frame = scene_.view.frame;
  Callouts out;
  float name = 0, value = 0, middle = 0;
  std::vector<Vec2> places;
  for (const std::size_t i : members) {
    const Candidate& c = candidates_[i];
    name = std::max(name, text_.width(scene_.tree()[c.ref].name, callout_style(Weight::regular)));
    value = std::max(value, text_.width(c.value, callout_style(Weight::bold)));
    places.push_back(c.anchor);
    middle += c.anchor.y / static_cast<float>(members.size());
  }
  const float edge = l.px(8);
  out.column.row_height = callout_style(Weight::regular).size * 1.6F;
  const float height = out.column.row_height * static_cast<float>(members.size());
  if (height > frame.h - 2 * edge) return std::nullopt;
  const float wide = name + (value > 0 ? l.px(14) + value : 0);
  const float highest = frame.y + edge, lowest = frame.bottom() - edge - height;
  const float wanted = std::clamp(middle - height / 2, highest, lowest);
  const auto fits = [&](float top) {
    if (top < highest || top > lowest) return false;
    out.column.top = top + out.column.row_height / 2;
    out.column.elbow = grid_->right_edge(top - edge, top + height + edge) + l.px(18);
    out.column.text = out.column.elbow + l.px(26);
    out.value_right = out.column.text + wide;
    return out.value_right <= frame.right() && !start_.touches_taken({out.column.text, top, wide, height});
  };
  // As near as can be to the places, but on no legend.
  bool found = false;
  for (float away = 0; !found && away <= frame.h; away += out.column.row_height)
    found = fits(wanted - away) || fits(wanted + away);
  if (!found) return std::nullopt;
  out.rows = callout_rows(places, out.column);
  out.members = std::move(members);
  return out;
}

std::vector<Vec2> Labeller::leader_of(const Callouts& callouts, std::size_t member) const {
  const Candidate& c = candidates_[callouts.members[member]];
  return leader_line(c.anchor, c.circle, callouts.rows[member], callouts.column);
}

/// Names without a place go beside the land; as their leaders take room from others, this is repeated until
/// all are placed or the column is full.
Labeller::Placements Labeller::settle(Callouts& callouts) {
  Placements found = place_all(callouts);
  for (int round = 0; round < most_rounds; ++round) {
    std::vector<std::size_t> members = callouts.members;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!found[i] && may_call_out(candidates_[i]) &&
          std::find(members.begin(), members.end(), i) == members.end())
        members.push_back(i);
    if (members.size() == callouts.members.size()) break;
    auto more = arrange_callouts(std::move(members));
    if (!more) break;
    callouts = std::move(*more);
    found = place_all(callouts);
  }
  return found;
}

void Labeller::draw_callouts(const Callouts& callouts, Layer& layer) const {
  const float width = std::max(1.0F, scene_.layout.px(1.1));
  const Colour under = with_alpha(scene_.theme.halo, 0.55);
  for (std::size_t m = 0; m < callouts.members.size(); ++m)
    layer.items.emplace_back(LineItem{leader_of(callouts, m), width * 2.6F, under});
  for (std::size_t m = 0; m < callouts.members.size(); ++m) {
    const Candidate& c = candidates_[callouts.members[m]];
    layer.items.emplace_back(LineItem{leader_of(callouts, m), width, scene_.theme.text_muted});
    if (c.circle == 0)
      layer.items.emplace_back(
          CircleItem{c.anchor, width * 2.2F, scene_.theme.text, scene_.theme.halo, width * 0.8F});
    const TextStyle name = callout_style(c.coarse ? Weight::bold : Weight::regular);
    const TextStyle number = callout_style(Weight::bold);
    const float base = callouts.column.middle_of(callouts.rows[m]) + name.size * 0.37F;
    layer.items.emplace_back(TextItem{std::string(scene_.tree()[c.ref].name), {callouts.column.text, base}, name});
    if (!c.value.empty())
      layer.items.emplace_back(
          TextItem{c.value, {callouts.value_right - text_.width(c.value, number), base}, number});
  }
}

}  // namespace battlemap::render
