#include "render/print_pdf.hpp"

#define POINTERHOLDER_TRANSITION 4  // qpdf's owners are std::shared_ptr
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include <ctime>
#include <map>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

using Object = QPDFObjectHandle;

Object text(const std::string& utf8) {
  return Object::newUnicodeString(utf8);
}
Object real(double v) {
  return Object::newReal(v, 4);
}
Object box(double x0, double y0, double x1, double y1) {
  return Object::newArray({real(x0), real(y0), real(x1), real(y1)});
}

std::string pdf_date(long long seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

class Assembler {
 public:
  Assembler(const std::string& bytes, const PdfContents& contents) : contents_(contents) {
    pdf_.setSuppressWarnings(true);
    pdf_.processMemoryFile("Cairo's PDF", bytes.data(), bytes.size());
  }

  std::string assemble() {
    merge_pages();
    add_layer_list();
    add_outline();
    add_labels();
    add_links();
    add_info();
    return written();
  }

 private:
  void merge_pages() {
    const auto from = pdf_.getAllPages();
    auto tree = pdf_.getRoot().getKey("/Pages");
    auto kids = Object::newArray();
    std::size_t next = 0;
    for (const auto& page : contents_.pages) {
      if (next + page.layers.size() > from.size())
        geo::fail("the PDF has {} layers, not as many as were painted", from.size());
      auto first = from[next];
      merge_page(page, {from.begin() + static_cast<std::ptrdiff_t>(next),
                        from.begin() + static_cast<std::ptrdiff_t>(next + page.layers.size())});
      next += page.layers.size();
      pages_.push_back(first);
      kids.appendItem(first);
    }
    tree.replaceKey("/Kids", kids);
    tree.replaceKey("/Count", Object::newInteger(static_cast<long long>(pages_.size())));
  }

  /// The layers' content becomes forms that the first one's page draws in turn.
  void merge_page(const PdfPage& page, std::vector<Object> layers) {
    auto forms = Object::newDictionary();
    std::string drawing;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      auto form = layers[i].getKey("/Contents");
      auto dict = form.getDict();
      dict.replaceKey("/Type", Object::newName("/XObject"));
      dict.replaceKey("/Subtype", Object::newName("/Form"));
      dict.replaceKey("/BBox", box(0, 0, page.width_pt, page.height_pt));
      dict.replaceKey("/Resources", layers[i].getKey("/Resources"));
      dict.replaceKey("/OC", layer(page.layers[i]));
      forms.replaceKey(fmt::format("/L{}", i), form);
      drawing += fmt::format("/L{} Do\n", i);
    }
    auto first = layers.front();
    auto resources = Object::newDictionary();
    resources.replaceKey("/XObject", forms);
    first.replaceKey("/Resources", resources);
    first.replaceKey("/Contents", Object::newStream(&pdf_, drawing));
    first.replaceKey("/MediaBox", box(0, 0, page.width_pt, page.height_pt));
  }

  /// One group for a name throughout the document: switching labels off does so on every page.
  Object layer(const std::string& name) {
    if (const auto known = layers_.find(name); known != layers_.end()) return known->second;
    auto group = Object::newDictionary();
    group.replaceKey("/Type", Object::newName("/OCG"));
    group.replaceKey("/Name", text(name));
    const auto made = pdf_.makeIndirectObject(group);
    layer_order_.push_back(made);
    return layers_[name] = made;
  }

  void add_layer_list() {
    auto shown = Object::newDictionary();
    shown.replaceKey("/Order", Object::newArray(layer_order_));
    shown.replaceKey("/ON", Object::newArray(layer_order_));
    auto properties = Object::newDictionary();
    properties.replaceKey("/OCGs", Object::newArray(layer_order_));
    properties.replaceKey("/D", shown);
    pdf_.getRoot().replaceKey("/OCProperties", properties);
  }

  Object destination(std::size_t page) {
    if (page >= pages_.size())
      geo::fail("a bookmark or link leads to page {} of a document of {}", page + 1, pages_.size());
    return Object::newArray({pages_[page], Object::newName("/Fit")});
  }

  struct Entry {
    Object object;
    std::vector<Entry> children;
  };

  void add_outline() {
    if (contents_.bookmarks.empty()) return;
    Entry top{pdf_.makeIndirectObject(Object::newDictionary()), {}};
    for (const auto& mark : contents_.bookmarks) {
      Entry* parent = &top;
      for (std::size_t d = 0; d < mark.depth && !parent->children.empty(); ++d) parent = &parent->children.back();
      auto item = Object::newDictionary();
      item.replaceKey("/Title", text(mark.title));
      item.replaceKey("/Dest", destination(mark.page));
      parent->children.push_back({pdf_.makeIndirectObject(item), {}});
    }
    top.object.replaceKey("/Type", Object::newName("/Outlines"));
    link_entries(top, true);
    pdf_.getRoot().replaceKey("/Outlines", top.object);
    pdf_.getRoot().replaceKey("/PageMode", Object::newName("/UseOutlines"));
  }

  /// Siblings and parents name each other; only the top is shown open.
  static void link_entries(Entry& parent, bool open) {
    auto& kids = parent.children;
    if (kids.empty()) return;
    parent.object.replaceKey("/First", kids.front().object);
    parent.object.replaceKey("/Last", kids.back().object);
    const auto count = static_cast<long long>(kids.size());
    parent.object.replaceKey("/Count", Object::newInteger(open ? count : -count));
    for (std::size_t i = 0; i < kids.size(); ++i) {
      kids[i].object.replaceKey("/Parent", parent.object);
      if (i > 0) kids[i].object.replaceKey("/Prev", kids[i - 1].object);
      if (i + 1 < kids.size()) kids[i].object.replaceKey("/Next", kids[i + 1].object);
      link_entries(kids[i], false);
    }
  }

  void add_labels() {
    bool any = false;
    auto numbers = Object::newArray();
    for (std::size_t i = 0; i < contents_.pages.size(); ++i) {
      const auto& label = contents_.pages[i].label;
      any |= !label.empty();
      auto entry = Object::newDictionary();
      entry.replaceKey("/P", text(label.empty() ? fmt::format("{}", i + 1) : label));
      numbers.appendItem(Object::newInteger(static_cast<long long>(i)));
      numbers.appendItem(entry);
    }
    if (!any) return;
    auto tree = Object::newDictionary();
    tree.replaceKey("/Nums", numbers);
    pdf_.getRoot().replaceKey("/PageLabels", tree);
  }

  void add_links() {
    for (const auto& link : contents_.links) {
      const auto target = destination(link.target);
      if (link.page >= pages_.size())
        geo::fail("a link lies on page {} of a document of {}", link.page + 1, pages_.size());
      const double top = contents_.pages[link.page].height_pt - link.y;
      auto annotation = Object::newDictionary();
      annotation.replaceKey("/Type", Object::newName("/Annot"));
      annotation.replaceKey("/Subtype", Object::newName("/Link"));
      annotation.replaceKey("/Rect", box(link.x, top - link.h, link.x + link.w, top));
      annotation.replaceKey("/Border", Object::newArray({Object::newInteger(0), Object::newInteger(0), Object::newInteger(0)}));
      annotation.replaceKey("/Dest", target);
      auto page = pages_[link.page];
      if (!page.hasKey("/Annots")) page.replaceKey("/Annots", Object::newArray());
      page.getKey("/Annots").appendItem(pdf_.makeIndirectObject(annotation));
    }
  }

  void add_info() {
    const auto& given = contents_.info;
    auto info = Object::newDictionary();
    const auto add = [&info](const char* key, const std::string& value) {
      if (!value.empty()) info.replaceKey(key, text(value));
    };
    add("/Title", given.title), add("/Author", given.author), add("/Subject", given.subject);
    add("/Keywords", given.keywords), add("/Creator", "battlemap"), add("/Producer", "battlemap");
    const auto date = Object::newString(pdf_date(contents_.date));
    info.replaceKey("/CreationDate", date);
    info.replaceKey("/ModDate", date);
    pdf_.getTrailer().replaceKey("/Info", pdf_.makeIndirectObject(info));
    auto root = pdf_.getRoot();
    if (!given.language.empty()) root.replaceKey("/Lang", text(given.language));
    auto viewer = Object::newDictionary();
    viewer.replaceKey("/DisplayDocTitle", Object::newBool(!given.title.empty()));
    root.replaceKey("/ViewerPreferences", viewer);
  }

  std::string written() {
    QPDFWriter writer(pdf_);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.5");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  }

  const PdfContents& contents_;
  QPDF pdf_;
  std::vector<Object> pages_, layer_order_;
  std::map<std::string, Object> layers_;
};

}  // namespace

std::string assemble_pdf(const std::string& cairo_pdf, const PdfContents& contents) {
  try {
    return Assembler(cairo_pdf, contents).assemble();
  } catch (const geo::Error&) {
    throw;
  } catch (const std::exception& e) {  // qpdf's own
    geo::fail("cannot put the PDF together: {}", e.what());
  }
}

}  // namespace battlemap::render
