#!/usr/bin/python3
"""Draws a choropleth with QGIS: qgis_picture.py DIR OUT.png, DIR as `battlemap demo DIR --synthetic` writes it.

The table is joined by code and classified by QGIS.
"""
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (QgsApplication, QgsClassificationQuantile, QgsCoordinateReferenceSystem, QgsFillSymbol,
                       QgsGradientColorRamp, QgsGraduatedSymbolRenderer, QgsMapRendererParallelJob, QgsMapSettings,
                       QgsProject, QgsVectorLayer, QgsVectorLayerJoinInfo)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

folder, out = sys.argv[1:3]
ALBERS = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs"

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
villages = QgsVectorLayer(f"{folder}/village.gpkg|layername=village", "village", "ogr")
# Text codes stay text only where a .csvt beside the file says so.
table = QgsVectorLayer(f"{folder}/village.csv", "table", "ogr")
assert villages.isValid() and table.isValid()
QgsProject.instance().addMapLayer(table, False)
QgsProject.instance().addMapLayer(villages, False)
join = QgsVectorLayerJoinInfo()
join.setJoinLayer(table)
join.setJoinFieldName("code")
join.setTargetFieldName("code")
join.setUsingMemoryCache(True)
join.setPrefix("table_")
villages.addJoin(join)

symbol = QgsFillSymbol.createSimple({"color": "#ff0000", "outline_color": "#555555", "outline_width": "0.13"})
choropleth = QgsGraduatedSymbolRenderer("table_poor_rate")
choropleth.setSourceSymbol(symbol)
choropleth.setClassificationMethod(QgsClassificationQuantile())
choropleth.updateClasses(villages, 5)
choropleth.updateColorRamp(QgsGradientColorRamp(QColor("#ffffb2"), QColor("#bd0026")))
assert len(choropleth.ranges()) == 5, "the join gave no values"
villages.setRenderer(choropleth)

albers = QgsCoordinateReferenceSystem()
albers.createFromProj(ALBERS)
settings = QgsMapSettings()
settings.setLayers([villages])
settings.setDestinationCrs(albers)
settings.setOutputSize(QSize(3840, 2160))
settings.setOutputDpi(96)
settings.setBackgroundColor(QColor("white"))
settings.setFlag(QgsMapSettings.Antialiasing, True)
settings.setTransformContext(QgsProject.instance().transformContext())
settings.setExtent(settings.layerExtentToOutputExtent(villages, villages.extent()))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
assert not job.errors(), [error.message for error in job.errors()]
assert job.renderedImage().save(out)
# Its clean-up at exit takes seconds and draws nothing.
sys.stdout.flush()
os._exit(0)
