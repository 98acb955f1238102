#!/usr/bin/python3
"""Draws a choropleth with Mapnik: mapnik_picture.py DIR OUT.png, DIR as `battlemap demo DIR --synthetic` writes it.

Mapnik has no classification and no join: the classes are computed here from the layer's own attribute.
"""
import sqlite3
import sys

import mapnik
import numpy

folder, out = sys.argv[1:3]
WIDTH, HEIGHT = 3840, 2160
ALBERS = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs"
COLOURS = ["#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"]

table = sqlite3.connect(f"file:{folder}/village.gpkg?mode=ro", uri=True)
rates = numpy.array([row[0] for row in table.execute("select poor_rate from village")])
inner = numpy.quantile(rates, [0.2, 0.4, 0.6, 0.8]).tolist()

style = mapnik.Style()
for low, high, colour in zip([-1] + inner, inner + [1e9], COLOURS):
    rule = mapnik.Rule()
    rule.filter = mapnik.Expression(f"[poor_rate] > {low!r} and [poor_rate] <= {high!r}")
    fill = mapnik.PolygonSymbolizer()
    fill.fill = mapnik.Color(colour)
    rule.symbols.append(fill)
    outline = mapnik.LineSymbolizer()
    outline.stroke = mapnik.Color("#555555")
    outline.stroke_width = 0.5
    rule.symbols.append(outline)
    style.rules.append(rule)

sheet = mapnik.Map(WIDTH, HEIGHT, ALBERS)
sheet.background = mapnik.Color("white")
sheet.append_style("choropleth", style)
layer = mapnik.Layer("village", "+proj=longlat +datum=WGS84 +no_defs")
layer.datasource = mapnik.Ogr(file=f"{folder}/village.gpkg", layer="village")
layer.styles.append("choropleth")
sheet.layers.append(layer)
sheet.zoom_all()
picture = mapnik.Image(WIDTH, HEIGHT)
mapnik.render(sheet, picture)
picture.save(out, "png32")
