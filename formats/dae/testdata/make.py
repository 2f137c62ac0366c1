"""Makes the COLLADA files of the tests, and golden.json of what pycollada reads in them.

    pip install trimesh pycollada numpy && python make.py
"""

import json

import collada
import numpy as np
import trimesh

golden = {}


def add(name, uvs=True):
    triangles, coords = [], []
    for shown in collada.Collada(name).scene.objects("geometry"):
        for p in shown.primitives():
            t = p.triangleset() if hasattr(p, "triangleset") else p
            triangles.append(t.vertex[t.vertex_index].reshape(-1, 9))
            if uvs:
                coords.append(t.texcoordset[0][t.texcoord_indexset[0]].reshape(-1, 6))
    golden[name] = {"Triangles": np.concatenate(triangles).tolist()}
    if uvs:
        golden[name]["UVs"] = np.concatenate(coords).tolist()


ball = trimesh.creation.icosphere(subdivisions=1)
box = trimesh.creation.box(transform=trimesh.transformations.rotation_matrix(0.5, [1, 2, 3], [4, 5, 6]))
open("trimesh.dae", "wb").write(trimesh.exchange.dae.export_collada([ball, box]))
add("trimesh.dae", uvs=False)

open("nodes.dae", "w").write(
    """<?xml version="1.0" encoding="utf-8"?>
<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
<asset><unit name="inch" meter="0.0254"/><up_axis>Z_UP</up_axis></asset>
<library_images><image id="bricks"><init_from>file:///C:/pictures/red%20bricks.png</init_from></image></library_images>
<library_effects>
 <effect id="brick"><profile_COMMON>
  <newparam sid="surface"><surface type="2D"><init_from>bricks</init_from></surface></newparam>
  <newparam sid="sampler"><sampler2D><source>surface</source></sampler2D></newparam>
  <technique sid="t"><phong><diffuse><texture texture="sampler" texcoord="UV"/></diffuse>
  <shininess><float>98</float></shininess></phong></technique>
 </profile_COMMON></effect>
 <effect id="glass"><profile_COMMON><technique sid="t"><lambert>
  <emission><color>0 0 0.5 1</color></emission><diffuse><color>1 0.5 0.25 1</color></diffuse>
  <transparent opaque="RGB_ZERO"><color>1 1 1 1</color></transparent><transparency><float>0.75</float></transparency>
  </lambert></technique></profile_COMMON></effect>
</library_effects>
<library_materials>
 <material id="m0" name="Brick"><instance_effect url="#brick"/></material>
 <material id="m1" name="Glass"><instance_effect url="#glass"/></material>
</library_materials>
<library_geometries><geometry id="g" name="shape"><mesh>
 <source id="p"><float_array id="pa" count="15">0 0 0  2 0 0  2 2 0  0 2 0  1 1 3</float_array>
  <technique_common><accessor source="#pa" count="5" stride="3"><param name="X" type="float"/><param name="Y" type="float"/>
  <param name="Z" type="float"/></accessor></technique_common></source>
 <source id="t"><float_array id="ta" count="8">0 0 1 0 1 1 0 1</float_array>
  <technique_common><accessor source="#ta" count="4" stride="2"><param name="S" type="float"/><param name="T" type="float"/>
  </accessor></technique_common></source>
 <vertices id="v"><input semantic="POSITION" source="#p"/></vertices>
 <polylist count="2" material="walls"><input semantic="VERTEX" source="#v" offset="0"/>
  <input semantic="TEXCOORD" source="#t" offset="1" set="0"/><vcount>4 3</vcount><p>3 3 2 2 1 1 0 0  0 0 1 1 4 2</p></polylist>
 <triangles count="1" material="window"><input semantic="VERTEX" source="#v" offset="0"/>
  <input semantic="TEXCOORD" source="#t" offset="1" set="0"/><p>1 0 2 1 4 2</p></triangles>
</mesh></geometry></library_geometries>
<library_nodes><node id="tree" name="tree"><scale>1 2 1</scale><instance_geometry url="#g"><bind_material><technique_common>
 <instance_material symbol="walls" target="#m0"/><instance_material symbol="window" target="#m1"/>
 </technique_common></bind_material></instance_geometry></node></library_nodes>
<library_visual_scenes><visual_scene id="s">
 <node id="a" name="first"><translate>1 2 3</translate><rotate>0 0 1 90</rotate><rotate>1 0 0 30</rotate>
  <node id="b"><matrix>1 0 0 5 0 0 -1 6 0 1 0 7 0 0 0 1</matrix><instance_node url="#tree"/></node></node>
 <node id="c"><instance_node url="#tree"/></node>
</visual_scene></library_visual_scenes>
<scene><instance_visual_scene url="#s"/></scene>
</COLLADA>
"""
)
add("nodes.dae")

json.dump(golden, open("golden.json", "w"))
