#include "render/spread.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace battlemap::render {
namespace {

constexpr int most_rounds = 60;
constexpr float pull_home = 0.06F;  // share of the way back in each round
constexpr float tolerated = 0.25F;  // px of overlap that nobody sees
constexpr float golden_angle = 2.399963F;
constexpr int most_turns = 220;  // of the search for a free place
constexpr float patience = 40;   // turns after which any free place will do

/// Discs by the cell they stand in.
class DiscGrid {
 public:
  DiscGrid(const Rect& frame, float cell, std::size_t count)
      : frame_(frame),
        cell_(std::max(cell, 2.0F)),
        columns_(static_cast<int>(frame.w / cell_) + 3),
        rows_(static_cast<int>(frame.h / cell_) + 3),
        next_(count, none),
        first_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), none) {}

  void clear() { std::fill(first_.begin(), first_.end(), none); }
  void add(std::size_t disc, Vec2 at) {
    std::uint32_t& head = first_[index(column(at.x), row(at.y))];
    next_[disc] = head, head = static_cast<std::uint32_t>(disc);
  }
  /// Those whose cell is the point's or touches it.
  template <class Visit>
  void near(Vec2 at, Visit visit) const {
    const int cx = column(at.x), cy = row(at.y);
    for (int y = std::max(0, cy - 1); y <= std::min(rows_ - 1, cy + 1); ++y)
      for (int x = std::max(0, cx - 1); x <= std::min(columns_ - 1, cx + 1); ++x)
        for (std::uint32_t i = first_[index(x, y)]; i != none; i = next_[i]) visit(i);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  int column(float x) const {
    return std::clamp(static_cast<int>((x - frame_.x) / cell_) + 1, 0, columns_ - 1);
  }
  int row(float y) const { return std::clamp(static_cast<int>((y - frame_.y) / cell_) + 1, 0, rows_ - 1); }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x);
  }
  Rect frame_;
  float cell_;
  int columns_, rows_;
  std::vector<std::uint32_t> next_, first_;
};

/// Inside the frame and outside what is reserved, by the shortest way.
Vec2 kept_in(Vec2 p, float radius, const SpreadRules& rules) {
  const Rect& frame = rules.frame;
  const float x = std::min(radius, frame.w / 2), y = std::min(radius, frame.h / 2);
  const auto inside = [&](Vec2 q) {
    return Vec2{std::clamp(q.x, frame.x + x, frame.right() - x),
                std::clamp(q.y, frame.y + y, frame.bottom() - y)};
  };
  p = inside(p);
  for (const Rect& r : rules.reserved) {
    const Rect wide{r.x - radius, r.y - radius, r.w + 2 * radius, r.h + 2 * radius};
    if (!wide.contains(p)) continue;
    std::optional<Vec2> best;
    float least = 1e30F;
    for (const Vec2 out : {Vec2{wide.x - 0.5F, p.y}, Vec2{wide.right() + 0.5F, p.y}, Vec2{p.x, wide.y - 0.5F},
                           Vec2{p.x, wide.bottom() + 0.5F}}) {
      const float away = std::hypot(out.x - p.x, out.y - p.y);
      if (inside(out) == out && away < least) best = out, least = away;
    }
    if (best) p = *best;
  }
  return p;
}

class Spreader {
 public:
  Spreader(std::vector<Disc>& discs, const SpreadRules& rules)
      : discs_(discs), rules_(rules), grid_(rules.frame, cell_size(discs, rules.gap), discs.size()) {}
  std::size_t run() {
    start();
    for (int round = 0; round < most_rounds; ++round)
      if (relax(round)) break;
    return settle();
  }

 private:
  static float cell_size(const std::vector<Disc>& discs, float gap) {
    float most = 1;
    for (const Disc& d : discs) most = std::max(most, d.radius);
    return 2 * most + gap;
  }
  bool may_stand(const Disc& d, Vec2 p) const {
    return !rules_.allowed || rules_.allowed(p) || !rules_.allowed(d.home);
  }
  void start();
  bool relax(int round);
  std::size_t settle();
  bool is_clear(std::size_t disc, Vec2 at) const;
  std::optional<Vec2> free_place(std::size_t disc) const;

  std::vector<Disc>& discs_;
  const SpreadRules& rules_;
  DiscGrid grid_;
};

/// Discs of one place start on a small spiral, so that each has a direction to go.
void Spreader::start() {
  std::vector<std::uint32_t> order(discs_.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t i) { return std::pair(discs_[i].home.x, discs_[i].home.y); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
  std::size_t same = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    Disc& d = discs_[order[k]];
    same = k > 0 && discs_[order[k - 1]].home == d.home ? same + 1 : 0;
    if (d.fixed) {
      d.at = d.home;
      continue;
    }
    const float angle = golden_angle * static_cast<float>(same);
    const float away = same == 0 ? 0 : d.radius * 1.1F * std::sqrt(static_cast<float>(same));
    d.at = kept_in({d.home.x + away * std::cos(angle), d.home.y + away * std::sin(angle)}, d.radius, rules_);
    if (!may_stand(d, d.at)) d.at = {d.home.x + 0.01F * std::cos(angle), d.home.y + 0.01F * std::sin(angle)};
  }
}

/// One round of pushing; true when nothing overlaps any more.
bool Spreader::relax(int round) {
  grid_.clear();
  for (std::size_t i = 0; i < discs_.size(); ++i) grid_.add(i, discs_[i].at);
  std::vector<Vec2> push(discs_.size());
  float worst = 0;
  for (std::size_t i = 0; i < discs_.size(); ++i) {
    const Disc& a = discs_[i];
    grid_.near(a.at, [&](std::uint32_t j) {
      if (j <= i) return;
      const Disc& b = discs_[j];
      const float wanted = a.radius + b.radius + rules_.gap;
      float dx = b.at.x - a.at.x, dy = b.at.y - a.at.y, apart = std::hypot(dx, dy);
      if (apart >= wanted || (a.fixed && b.fixed)) return;
      worst = std::max(worst, wanted - apart);
      if (apart < 1e-3F) {
        const float angle = golden_angle * static_cast<float>(i + j);
        dx = std::cos(angle), dy = std::sin(angle), apart = 1;
      }
      const float share = (wanted - apart) * (a.fixed || b.fixed ? 1.0F : 0.5F) / apart;
      if (!a.fixed) push[i].x -= dx * share, push[i].y -= dy * share;
      if (!b.fixed) push[j].x += dx * share, push[j].y += dy * share;
    });
  }
  if (worst <= tolerated) return true;
  const float home = round < most_rounds * 2 / 3 ? pull_home : 0;
  for (std::size_t i = 0; i < discs_.size(); ++i) {
    Disc& d = discs_[i];
    if (d.fixed) continue;
    Vec2 to{d.at.x + push[i].x * 0.9F, d.at.y + push[i].y * 0.9F};
    to.x += (d.home.x - to.x) * home, to.y += (d.home.y - to.y) * home;
    to = kept_in(to, d.radius, rules_);
    if (may_stand(d, to)) d.at = to;
  }
  return false;
}

bool Spreader::is_clear(std::size_t disc, Vec2 at) const {
  bool clear = true;
  const float radius = discs_[disc].radius;
  grid_.near(at, [&](std::uint32_t j) {
    const Disc& b = discs_[j];
    const float wanted = radius + b.radius + rules_.gap - tolerated;
    if (j != disc && std::hypot(b.at.x - at.x, b.at.y - at.y) < wanted) clear = false;
  });
  return clear;
}

/// The nearest place on a spiral around home: on allowed ground, else anywhere in the frame.
std::optional<Vec2> Spreader::free_place(std::size_t disc) const {
  const Disc& d = discs_[disc];
  std::optional<Vec2> second;
  const float step = (2 * d.radius + rules_.gap) / 3, reach = std::hypot(rules_.frame.w, rules_.frame.h);
  for (int turn = 0; turn < most_turns; ++turn) {
    const float away = step * static_cast<float>(turn);
    if (away > reach) break;
    if (second && away > patience * step) return second;
    const int points = std::max(1, static_cast<int>(2 * std::numbers::pi_v<float> * away / step));
    for (int k = 0; k < points; ++k) {
      const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(k) / static_cast<float>(points);
      const Vec2 p{d.home.x + away * std::cos(angle), d.home.y + away * std::sin(angle)};
      const Vec2 kept = kept_in(p, d.radius, rules_);
      if (std::abs(kept.x - p.x) + std::abs(kept.y - p.y) > 0.01F || !is_clear(disc, p)) continue;
      if (may_stand(d, p)) return p;
      if (!second) second = p;
    }
  }
  return second;
}

/// What still overlaps is set to the nearest free place, the least displaced first.
std::size_t Spreader::settle() {
  const auto far = [&](std::uint32_t i) {
    return std::hypot(discs_[i].at.x - discs_[i].home.x, discs_[i].at.y - discs_[i].home.y);
  };
  std::vector<std::uint32_t> order(discs_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<float> distance(discs_.size());
  for (const std::uint32_t i : order) distance[i] = discs_[i].fixed ? -1 : far(i);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return distance[a] < distance[b]; });
  grid_.clear();
  std::size_t stuck = 0;
  for (const std::uint32_t i : order) {
    Disc& d = discs_[i];
    if (!d.fixed && !is_clear(i, d.at)) {
      const auto place = free_place(i);
      if (place)
        d.at = *place;
      else
        ++stuck;
    }
    grid_.add(i, d.at);
  }
  return stuck;
}

}  // namespace

std::size_t spread(std::vector<Disc>& discs, const SpreadRules& rules) {
  return discs.empty() ? 0 : Spreader(discs, rules).run();
}

float mean_displacement(const std::vector<Disc>& discs) {
  double sum = 0;
  std::size_t count = 0;
  for (const Disc& d : discs)
    if (!d.fixed) sum += std::hypot(d.at.x - d.home.x, d.at.y - d.home.y), ++count;
  return count == 0 ? 0 : static_cast<float>(sum / static_cast<double>(count));
}

}  // namespace battlemap::render
