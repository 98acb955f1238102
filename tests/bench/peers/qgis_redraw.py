#!/usr/bin/python3
"""How long QGIS takes to draw the map anew after it was moved: qgis_redraw.py DIR FRAMES; DIR as for qgis_picture.py.

As its canvas does it: 1920x1080, antialiased, geometries simplified to the screen. Prints JSON: idle_s (from the
program's start to the first picture), frames_ms.
"""
import time

begin = time.perf_counter()
import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (QgsApplication, QgsClassificationQuantile, QgsCoordinateReferenceSystem, QgsFillSymbol,
                       QgsGradientColorRamp, QgsGraduatedSymbolRenderer, QgsMapRendererParallelJob, QgsMapSettings,
                       QgsRectangle, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

folder, frames = sys.argv[1], int(sys.argv[2])
ALBERS = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs"

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
villages = QgsVectorLayer(f"{folder}/village.gpkg|layername=village", "village", "ogr")
assert villages.isValid()
symbol = QgsFillSymbol.createSimple({"color": "#ff0000", "outline_color": "#555555", "outline_width": "0.13"})
choropleth = QgsGraduatedSymbolRenderer("poor_rate")
choropleth.setSourceSymbol(symbol)
choropleth.setClassificationMethod(QgsClassificationQuantile())
choropleth.updateClasses(villages, 5)
choropleth.updateColorRamp(QgsGradientColorRamp(QColor("#ffffb2"), QColor("#bd0026")))
villages.setRenderer(choropleth)
albers = QgsCoordinateReferenceSystem()
albers.createFromProj(ALBERS)


def settings_for(extent):
    settings = QgsMapSettings()
    settings.setLayers([villages])
    settings.setDestinationCrs(albers)
    settings.setOutputSize(QSize(1920, 1080))
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    if extent is None:
        extent = settings.layerExtentToOutputExtent(villages, villages.extent())
    settings.setExtent(extent)
    return settings


def draw(extent):
    job = QgsMapRendererParallelJob(settings_for(extent))
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    return job.renderedImage()


whole = settings_for(None).extent()
draw(whole)
idle = time.perf_counter() - begin
times = []
for i in range(1, frames + 1):
    step = whole.width() * 0.002 * i
    start = time.perf_counter()
    draw(QgsRectangle(whole.xMinimum() + step, whole.yMinimum(), whole.xMaximum() + step, whole.yMaximum()))
    times.append(1e3 * (time.perf_counter() - start))
print(json.dumps({"idle_s": idle, "frames_ms": times}), flush=True)
os._exit(0)
