#include "app/window/picture_maker.hpp"

#include <chrono>

#include "app/window/request_key.hpp"

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
  layer.style = render::compose_style(*job.atlas, r);
  return layer;
}

}  // namespace

PictureMaker::PictureMaker(std::function<void()> wake)
    : worker_([this](const PictureJob& job, const auto& post, const auto&) { post(make(job)); },
              std::move(wake)) {}

bool PictureMaker::keeps(const PictureJob& job) const {
  return kept_.ids && kept_.atlas == job.atlas && same_view(kept_.request, job.request);
}

Picture PictureMaker::make(const PictureJob& job) {
  const auto start = Clock::now();
  Picture picture;
  picture.request = job.request;
  picture.layer = layer_of(job);
  picture.new_ids = !keeps(job);
  if (picture.new_ids) {
    const render::PixelRect tile{0, 0, job.request.width, job.request.height};
    kept_ = {job.atlas, job.request,
             std::make_shared<const render::IdBuffer>(
                 render::rasterise_ids(picture.layer, tile, render::outline_margin(picture.layer.style)))};
  }
  picture.ids = kept_.ids;
  if (job.colour_on_cpu) picture.image = render::colour_pass(*picture.ids, picture.layer);
  picture.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  return picture;
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
