#include "app/window/picture_maker.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "app/window/request_key.hpp"
#include "render/class_scheme.hpp"
#include "render/fan_mesh.hpp"

namespace battlemap::app {
namespace {

using Clock = std::chrono::steady_clock;


/// The map-only sheet's map: its frame is the whole sheet, so that no composition is needed to know the view.
render::MapLayer layer_of(const PictureJob& job) {
  const render::SheetRequest& r = job.request;
  render::MapLayer layer;
  layer.view = {*r.view_centre,
                *r.view_metres_per_pixel,
                {0, 0, static_cast<float>(r.width), static_cast<float>(r.height)}};
  layer.coverage = job.atlas->coverage(*r.level);
  layer.lakes = job.atlas->lakes();
  layer.tolerance_px = render::window_tolerance_px;
  layer.style = render::compose_style(*job.atlas, r);
  return layer;
}

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Here and not on the thread that draws, which finds them made.
void make_fans(const render::MapLayer& layer) {
  render::fans_of(layer.coverage, layer.tolerance_px * layer.view.metres_per_pixel);
  if (layer.lakes) render::fans_of(layer.lakes);
}

/// Sums of a whole province, say, which the window's header would have to wait for when the year changes.
void prepare_figures_beside(const PictureJob& job, const std::function<bool()>& enough) {
  const geo::Dataset& dataset = job.atlas->dataset;
  const render::MapSpec& map = render::find_map(job.atlas->maps, job.request.map);
  if (!map.fill || !job.request.place || !job.request.year) return;
  const std::vector<int> years = render::map_years(*job.atlas, map);
  const auto shown = std::ranges::find(years, *job.request.year);
  if (shown == years.end()) return;
  for (const std::ptrdiff_t step : {1, -1}) {
    const std::ptrdiff_t i = shown - years.begin() + step;
    if (i < 0 || i >= std::ssize(years)) continue;
    if (enough()) return;
    dataset.statistics.values(map.fill->indicator, job.request.place->level, years[static_cast<std::size_t>(i)]);
  }
}

}  // namespace

PictureMaker::PictureMaker(std::function<void()> wake)
    : worker_(
          [this](const PictureJob& job, const auto& post, const auto& outdated) {
            auto picture = make(job, outdated);
            if (!picture) return;
            post(std::move(*picture));
            posted_ = Clock::now();
            render::prepare_years_beside(*job.atlas, job.request, outdated);
            prepare_figures_beside(job, outdated);
          },
          std::move(wake)) {}

bool PictureMaker::keeps(const PictureJob& job) const {
  return kept_.ids && kept_.atlas == job.atlas && same_view(kept_.request, job.request);
}

/// A picture that nobody waits for any more is given up, unless there was none for long: under a hand that pans for
/// seconds what comes into view must not stay blank.
std::optional<Picture> PictureMaker::make(const PictureJob& job, const std::function<bool()>& outdated) {
  constexpr auto longest_blank = std::chrono::milliseconds(300);
  const auto given_up = [&] { return outdated() && Clock::now() - posted_ < longest_blank; };
  const auto start = Clock::now();
  Picture picture;
  picture.request = job.request;
  picture.work = job.work;
  picture.layer = layer_of(job);
  if (job.work == PictureWork::style) {
    make_fans(picture.layer);
    picture.milliseconds = since(start);
    return picture;
  }
  picture.new_ids = !keeps(job);
  if (picture.new_ids) {
    const render::PixelRect tile{0, 0, job.request.width, job.request.height};
    kept_ = {job.atlas, job.request,
             std::make_shared<const render::IdBuffer>(
                 render::rasterise_ids(picture.layer, tile, render::outline_margin(picture.layer.style))),
             std::move(kept_.outlines)};
    kept_.outlines.of.reset();
  }
  picture.ids = kept_.ids;
  if (given_up()) return std::nullopt;
  if (job.work == PictureWork::colours) {
    picture.image = take_spare();
    // As the window's own memory has its pixels: the frame's path then copies rows and converts nothing.
    const render::ColourLookup lookup = render::colour_lookup(picture.layer, render::ByteOrder::bgra);
    render::colour_pass(*picture.ids, picture.layer, lookup, 0, picture.image, kept_.outlines);
  }
  picture.milliseconds = since(start);
  return picture;
}

void PictureMaker::give_back(render::Image image) {
  const std::lock_guard lock(spare_mutex_);
  spare_ = std::move(image);
}

render::Image PictureMaker::take_spare() {
  const std::lock_guard lock(spare_mutex_);
  return std::move(spare_);
}

std::unique_ptr<LabelMaker> make_label_maker(std::function<void()> wake) {
  return std::make_unique<LabelMaker>(
      [](const LabelJob& job, const LabelMaker::Post& post, const LabelMaker::Outdated&) {
        post({job.request,
              std::make_shared<const render::Sheet>(render::compose(*job.atlas, *job.text, job.request))});
      },
      std::move(wake));
}

}  // namespace battlemap::app
