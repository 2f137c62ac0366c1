// Code generated from the schema in internal/wire; DO NOT EDIT.

export type Vec2 = [number, number];
export type Vec3 = [number, number, number];
export type Vec4 = [number, number, number, number];
export type Int4 = [number, number, number, number];
export type RGB = [number, number, number];
export type RGBA = [number, number, number, number];

export type ImageFormat = "jpeg" | "png";
export type FrustumVariant = "wireframe" | "filled";
export type ThicknessUnits = "screen" | "world";
export type GridPlane = "xz" | "xy" | "yx" | "yz" | "zx" | "zy";
export type FadeFrom = "camera" | "origin";
export type FontSizeMode = "screen" | "scene";
export type LabelAnchor = "top-left" | "top-center" | "top-right" | "center-left" | "center-center" | "center-right" | "bottom-left" | "bottom-center" | "bottom-right";
export type PointShape = "square" | "diamond" | "circle" | "rounded" | "sparkle";
export type PointPrecision = "float16" | "float32";
export type PointShading = "flat" | "gradient";
export type MeshSide = "front" | "back" | "double";
export type MeshMaterial = "standard" | "toon3" | "toon5";
export type DragButton = "left" | "middle" | "right";
export type DragPhase = "start" | "update" | "end";
export type ScenePointerEventType = "click" | "rect-select";
export type KeyModifier = "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift";
export type HotkeyKey = "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "N" | "O" | "P" | "Q" | "R" | "S" | "T" | "U" | "V" | "W" | "X" | "Y" | "Z" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "space" | "enter" | "escape" | "tab" | "backspace" | "delete" | "insert" | "home" | "end" | "pageup" | "pagedown" | "arrowup" | "arrowdown" | "arrowleft" | "arrowright";
export type ControlLayout = "floating" | "collapsible" | "fixed";
export type ControlWidth = "small" | "medium" | "large";
export type CurveType = "centripetal" | "chordal" | "catmullrom";
export type RenderFormat = "image/jpeg" | "image/png";
export type LiteralColor = "dark" | "gray" | "red" | "pink" | "grape" | "violet" | "indigo" | "blue" | "cyan" | "green" | "lime" | "yellow" | "orange" | "teal";
export type TitlebarIcon = "GitHub" | "Description" | "Keyboard";

export type Color = LiteralColor | RGB | null;
export type LOD = "auto" | "off" | Vec2[];
export type Placement =
  | { kind: "edge"; edge: "left" | "right" }
  | { kind: "split"; anchor_uuid: string; side: "above" | "below" }
  | { kind: "float"; x: number | null; y: number | null };

export interface GuiBaseProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
}

export interface TitlebarButton {
  text: string | null;
  icon: TitlebarIcon | null;
  href: string | null;
}

export interface TitlebarImage {
  image_url_light: string;
  image_url_dark: string | null;
  image_alt: string;
  href: string | null;
}

export interface TitlebarConfig {
  buttons: TitlebarButton[] | null;
  image: TitlebarImage | null;
}

export interface GuiSliderMark {
  value: number;
  label: string | null;
}

export interface DragBinding {
  button: DragButton;
  modifier: KeyModifier | null;
}

export interface CameraFrustumProps {
  fov: number;
  aspect: number;
  thickness: number;
  color: RGB;
  _format: ImageFormat;
  _image_data: Uint8Array | null;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  variant: FrustumVariant;
  scale: number | Vec3;
  thickness_units: ThicknessUnits;
}

export interface CameraFrustumMessage {
  type: "CameraFrustumMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: CameraFrustumProps;
}

export interface GlbProps {
  glb_data: Uint8Array;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  scale: number | Vec3;
}

export interface GlbMessage {
  type: "GlbMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: GlbProps;
}

export interface FrameProps {
  show_axes: boolean;
  axes_length: number;
  axes_radius: number;
  origin_radius: number;
  origin_color: RGB;
  scale: number | Vec3;
}

export interface FrameMessage {
  type: "FrameMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: FrameProps;
}

export interface BatchedAxesProps {
  batched_wxyzs: Float32Array;
  batched_positions: Float32Array;
  batched_scales: Float32Array | null;
  axes_length: number;
  axes_radius: number;
  scale: number | Vec3;
}

export interface BatchedAxesMessage {
  type: "BatchedAxesMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: BatchedAxesProps;
}

export interface GridProps {
  width: number;
  height: number;
  plane: GridPlane;
  cell_color: RGB;
  cell_thickness: number;
  cell_size: number;
  section_color: RGB;
  section_thickness: number;
  section_size: number;
  infinite_grid: boolean;
  fade_distance: number;
  fade_strength: number;
  fade_from: FadeFrom;
  shadow_opacity: number;
  plane_color: RGB;
  plane_opacity: number;
  scale: number | Vec3;
}

export interface GridMessage {
  type: "GridMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: GridProps;
}

export interface LabelProps {
  text: string;
  font_size_mode: FontSizeMode;
  font_screen_scale: number;
  font_scene_height: number;
  depth_test: boolean;
  anchor: LabelAnchor;
}

export interface LabelMessage {
  type: "LabelMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: LabelProps;
}

export interface Gui3DProps {
  order: number;
  container_uuid: string;
}

export interface Gui3DMessage {
  type: "Gui3DMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: Gui3DProps;
}

export interface PointCloudProps {
  points: Uint16Array | Float32Array;
  colors: Uint8Array;
  point_size: number;
  point_shape: PointShape;
  precision: PointPrecision;
  scale: number | Vec3;
  point_shading: PointShading;
}

export interface PointCloudMessage {
  type: "PointCloudMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: PointCloudProps;
}

export interface DirectionalLightProps {
  color: RGB;
  intensity: number;
  cast_shadow: boolean;
}

export interface DirectionalLightMessage {
  type: "DirectionalLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: DirectionalLightProps;
}

export interface AmbientLightProps {
  color: RGB;
  intensity: number;
}

export interface AmbientLightMessage {
  type: "AmbientLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: AmbientLightProps;
}

export interface HemisphereLightProps {
  sky_color: RGB;
  ground_color: RGB;
  intensity: number;
}

export interface HemisphereLightMessage {
  type: "HemisphereLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: HemisphereLightProps;
}

export interface PointLightProps {
  color: RGB;
  intensity: number;
  distance: number;
  decay: number;
  cast_shadow: boolean;
}

export interface PointLightMessage {
  type: "PointLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: PointLightProps;
}

export interface RectAreaLightProps {
  color: RGB;
  intensity: number;
  width: number;
  height: number;
}

export interface RectAreaLightMessage {
  type: "RectAreaLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: RectAreaLightProps;
}

export interface SpotLightProps {
  color: RGB;
  intensity: number;
  distance: number;
  angle: number;
  penumbra: number;
  decay: number;
  cast_shadow: boolean;
  direction: Vec3;
}

export interface SpotLightMessage {
  type: "SpotLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: SpotLightProps;
}

export interface MeshProps {
  vertices: Float32Array;
  faces: Uint32Array;
  color: RGB;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  scale: number | Vec3;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
}

export interface MeshMessage {
  type: "MeshMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: MeshProps;
}

export interface BoxProps {
  dimensions: Vec3;
  color: RGB;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  scale: number | Vec3;
}

export interface BoxMessage {
  type: "BoxMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: BoxProps;
}

export interface IcosphereProps {
  radius: number;
  subdivisions: number;
  color: RGB;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  scale: number | Vec3;
}

export interface IcosphereMessage {
  type: "IcosphereMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: IcosphereProps;
}

export interface CylinderProps {
  radius: number;
  height: number;
  color: RGB;
  radial_segments: number;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  scale: number | Vec3;
}

export interface CylinderMessage {
  type: "CylinderMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: CylinderProps;
}

export interface SkinnedMeshProps {
  vertices: Float32Array;
  faces: Uint32Array;
  color: RGB;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  scale: number | Vec3;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  bone_wxyzs: Float32Array;
  bone_positions: Float32Array;
  skin_indices: Uint16Array;
  skin_weights: Float32Array;
}

export interface SkinnedMeshMessage {
  type: "SkinnedMeshMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: SkinnedMeshProps;
}

export interface BatchedMeshesProps {
  batched_wxyzs: Float32Array;
  batched_positions: Float32Array;
  batched_scales: Float32Array | null;
  lod: LOD;
  vertices: Float32Array;
  faces: Uint32Array;
  batched_colors: Uint8Array;
  wireframe: boolean;
  opacity: number | null;
  flat_shading: boolean;
  side: MeshSide;
  material: MeshMaterial;
  cast_shadow: boolean;
  receive_shadow: boolean;
  batched_opacities: Float32Array | null;
  scale: number | Vec3;
}

export interface BatchedMeshesMessage {
  type: "BatchedMeshesMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: BatchedMeshesProps;
}

export interface BatchedGlbProps {
  batched_wxyzs: Float32Array;
  batched_positions: Float32Array;
  batched_scales: Float32Array | null;
  lod: LOD;
  glb_data: Uint8Array;
  cast_shadow: boolean;
  receive_shadow: boolean;
  scale: number | Vec3;
}

export interface BatchedGlbMessage {
  type: "BatchedGlbMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: BatchedGlbProps;
}

export interface TransformControlsProps {
  scale: number;
  line_width: number;
  fixed: boolean;
  active_axes: [boolean, boolean, boolean];
  disable_axes: boolean;
  disable_sliders: boolean;
  disable_rotations: boolean;
  translation_limits: [Vec2, Vec2, Vec2];
  rotation_limits: [Vec2, Vec2, Vec2];
  depth_test: boolean;
  opacity: number;
}

export interface TransformControlsMessage {
  type: "TransformControlsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: TransformControlsProps;
}

export interface ImageProps {
  _format: ImageFormat;
  _data: Uint8Array;
  render_width: number;
  render_height: number;
  cast_shadow: boolean;
  receive_shadow: boolean | number;
  scale: number | Vec3;
}

export interface ImageMessage {
  type: "ImageMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: ImageProps;
}

export interface LineSegmentsProps {
  points: Float32Array;
  thickness: number;
  colors: Uint8Array;
  scale: number | Vec3;
  thickness_units: ThicknessUnits;
}

export interface LineSegmentsMessage {
  type: "LineSegmentsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: LineSegmentsProps;
}

export interface ArrowProps {
  points: Float32Array;
  colors: Uint8Array;
  shaft_radius: number;
  head_radius: number;
  head_length: number;
  scale: number | Vec3;
}

export interface ArrowMessage {
  type: "ArrowMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: ArrowProps;
}

export interface CatmullRomSplineProps {
  points: Float32Array;
  curve_type: CurveType;
  tension: number;
  closed: boolean;
  thickness: number;
  color: RGB;
  segments: number | null;
  scale: number | Vec3;
  thickness_units: ThicknessUnits;
}

export interface CatmullRomSplineMessage {
  type: "CatmullRomSplineMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: CatmullRomSplineProps;
}

export interface CubicBezierSplineProps {
  points: Float32Array;
  control_points: Float32Array;
  thickness: number;
  color: RGB;
  segments: number | null;
  scale: number | Vec3;
  thickness_units: ThicknessUnits;
}

export interface CubicBezierSplineMessage {
  type: "CubicBezierSplineMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: CubicBezierSplineProps;
}

export interface GaussianSplatsProps {
  buffer: Uint32Array;
  scale: number | Vec3;
}

export interface GaussianSplatsMessage {
  type: "GaussianSplatsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  id?: number;
  props: GaussianSplatsProps;
}

export interface RemoveSceneNodeMessage {
  type: "RemoveSceneNodeMessage";
  name: string;
  owner: string;
}

export interface GuiFolderProps {
  order: number;
  label: string | null;
  visible: boolean;
  expand_by_default: boolean;
}

export interface GuiFolderMessage {
  type: "GuiFolderMessage";
  uuid: string;
  container_uuid: string;
  props: GuiFolderProps;
}

export interface GuiFormMessage {
  type: "GuiFormMessage";
  uuid: string;
  container_uuid: string;
  props: GuiFolderProps;
}

export interface GuiMarkdownProps {
  order: number;
  _markdown: string;
  visible: boolean;
}

export interface GuiMarkdownMessage {
  type: "GuiMarkdownMessage";
  uuid: string;
  container_uuid: string;
  props: GuiMarkdownProps;
}

export interface GuiHtmlProps {
  order: number;
  content: string;
  visible: boolean;
}

export interface GuiHtmlMessage {
  type: "GuiHtmlMessage";
  uuid: string;
  container_uuid: string;
  props: GuiHtmlProps;
}

export interface GuiDividerProps {
  order: number;
  visible: boolean;
}

export interface GuiDividerMessage {
  type: "GuiDividerMessage";
  uuid: string;
  container_uuid: string;
  props: GuiDividerProps;
}

export interface GuiProgressBarProps {
  order: number;
  animated: boolean;
  color: Color;
  visible: boolean;
}

export interface GuiProgressBarMessage {
  type: "GuiProgressBarMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiProgressBarProps;
}

export interface GuiPlotlyProps {
  order: number;
  _plotly_json_str: string;
  aspect: number;
  visible: boolean;
}

export interface GuiPlotlyMessage {
  type: "GuiPlotlyMessage";
  uuid: string;
  container_uuid: string;
  props: GuiPlotlyProps;
}

export interface GuiUplotProps {
  order: number;
  data: Float64Array[];
  mode: 1 | 2 | null;
  title: string | null;
  series: Record<string, unknown>[];
  bands: Record<string, unknown>[] | null;
  scales: Record<string, unknown> | null;
  axes: Record<string, unknown>[] | null;
  legend: Record<string, unknown> | null;
  cursor: Record<string, unknown> | null;
  focus: Record<string, unknown> | null;
  aspect: number;
  height: number | null;
  padding: Int4 | null;
  visible: boolean;
}

export interface GuiUplotMessage {
  type: "GuiUplotMessage";
  uuid: string;
  container_uuid: string;
  props: GuiUplotProps;
}

export interface GuiImageProps {
  order: number;
  label: string | null;
  _data: Uint8Array | null;
  _format: ImageFormat;
  visible: boolean;
}

export interface GuiImageMessage {
  type: "GuiImageMessage";
  uuid: string;
  container_uuid: string;
  props: GuiImageProps;
}

export interface GuiTabGroupProps {
  _tab_labels: string[];
  _tab_icons_html: (string | null)[];
  _tab_container_ids: string[];
  order: number;
  visible: boolean;
}

export interface GuiTabGroupMessage {
  type: "GuiTabGroupMessage";
  uuid: string;
  container_uuid: string;
  props: GuiTabGroupProps;
}

export interface GuiButtonProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  color: Color;
  _icon_html: string | null;
  _hold_callback_freqs: number[];
}

export interface GuiButtonMessage {
  type: "GuiButtonMessage";
  uuid: string;
  value: boolean;
  container_uuid: string;
  props: GuiButtonProps;
}

export interface GuiUploadButtonProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  color: Color;
  _icon_html: string | null;
  mime_type: string;
}

export interface GuiUploadButtonMessage {
  type: "GuiUploadButtonMessage";
  uuid: string;
  container_uuid: string;
  props: GuiUploadButtonProps;
}

export interface GuiSliderProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  min: number;
  max: number;
  step: number;
  precision: number;
  _marks: GuiSliderMark[] | null;
}

export interface GuiSliderMessage {
  type: "GuiSliderMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiSliderProps;
}

export interface GuiMultiSliderProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  min: number;
  max: number;
  step: number;
  min_range: number | null;
  precision: number;
  fixed_endpoints: boolean;
  _marks: GuiSliderMark[] | null;
}

export interface GuiMultiSliderMessage {
  type: "GuiMultiSliderMessage";
  uuid: string;
  value: number[];
  container_uuid: string;
  props: GuiMultiSliderProps;
}

export interface GuiNumberProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  precision: number;
  step: number;
  min: number | null;
  max: number | null;
}

export interface GuiNumberMessage {
  type: "GuiNumberMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiNumberProps;
}

export interface GuiRgbProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
}

export interface GuiRgbMessage {
  type: "GuiRgbMessage";
  uuid: string;
  value: RGB;
  container_uuid: string;
  props: GuiRgbProps;
}

export interface GuiRgbaProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
}

export interface GuiRgbaMessage {
  type: "GuiRgbaMessage";
  uuid: string;
  value: RGBA;
  container_uuid: string;
  props: GuiRgbaProps;
}

export interface GuiCheckboxProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
}

export interface GuiCheckboxMessage {
  type: "GuiCheckboxMessage";
  uuid: string;
  value: boolean;
  container_uuid: string;
  props: GuiCheckboxProps;
}

export interface GuiVector2Props {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  min: Vec2 | null;
  max: Vec2 | null;
  step: number;
  precision: number;
}

export interface GuiVector2Message {
  type: "GuiVector2Message";
  uuid: string;
  value: Vec2;
  container_uuid: string;
  props: GuiVector2Props;
}

export interface GuiVector3Props {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  min: Vec3 | null;
  max: Vec3 | null;
  step: number;
  precision: number;
}

export interface GuiVector3Message {
  type: "GuiVector3Message";
  uuid: string;
  value: Vec3;
  container_uuid: string;
  props: GuiVector3Props;
}

export interface GuiTextProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  multiline: boolean;
}

export interface GuiTextMessage {
  type: "GuiTextMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiTextProps;
}

export interface GuiDropdownProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  options: string[];
}

export interface GuiDropdownMessage {
  type: "GuiDropdownMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiDropdownProps;
}

export interface GuiButtonGroupProps {
  order: number;
  label: string;
  hint: string | null;
  visible: boolean;
  disabled: boolean;
  options: string[];
}

export interface GuiButtonGroupMessage {
  type: "GuiButtonGroupMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiButtonGroupProps;
}

export interface GuiRemoveMessage {
  type: "GuiRemoveMessage";
  uuid: string;
}

export interface RunJavascriptMessage {
  type: "RunJavascriptMessage";
  source: string;
}

export interface NotificationProps {
  title: string;
  body: string;
  loading: boolean;
  with_close_button: boolean;
  auto_close_seconds: number | null;
  color: Color;
}

export interface NotificationShowMessage {
  type: "NotificationShowMessage";
  uuid: string;
  props: NotificationProps;
}

export interface NotificationUpdateMessage {
  type: "NotificationUpdateMessage";
  uuid: string;
  props: NotificationProps;
}

export interface RemoveNotificationMessage {
  type: "RemoveNotificationMessage";
  uuid: string;
}

export interface ViewerCameraMessage {
  type: "ViewerCameraMessage";
  wxyz: Vec4;
  position: Vec3;
  fov: number;
  near: number;
  far: number;
  image_height: number;
  image_width: number;
  look_at: Vec3;
  up_direction: Vec3;
}

export interface ScenePointerMessage {
  type: "ScenePointerMessage";
  event_type: ScenePointerEventType;
  ray_origin: Vec3 | null;
  ray_direction: Vec3 | null;
  screen_pos: Vec2[];
  modifier: KeyModifier | null;
}

export interface ScenePointerEnableMessage {
  type: "ScenePointerEnableMessage";
  event_type: ScenePointerEventType;
  modifiers: (KeyModifier | null)[];
  owner: string;
}

export interface FogMessage {
  type: "FogMessage";
  near: number;
  far: number;
  color: RGB;
  enabled: boolean;
}

export interface EnvironmentMapMessage {
  type: "EnvironmentMapMessage";
  hdri_data: Uint8Array | null;
  background: boolean;
  background_blurriness: number;
  background_intensity: number;
  background_wxyz: Vec4;
  environment_intensity: number;
  environment_wxyz: Vec4;
}

export interface EnableLightsMessage {
  type: "EnableLightsMessage";
  enabled: boolean;
  cast_shadow: boolean;
}

export interface SetBoneOrientationMessage {
  type: "SetBoneOrientationMessage";
  name: string;
  bone_index: number;
  wxyz: Vec4;
  owner: string;
}

export interface SetBonePositionMessage {
  type: "SetBonePositionMessage";
  name: string;
  bone_index: number;
  position: Vec3;
  owner: string;
}

export interface SetCameraPositionMessage {
  type: "SetCameraPositionMessage";
  position: Vec3;
  initial: boolean;
}

export interface SetCameraUpDirectionMessage {
  type: "SetCameraUpDirectionMessage";
  position: Vec3;
  initial: boolean;
}

export interface SetCameraLookAtMessage {
  type: "SetCameraLookAtMessage";
  look_at: Vec3;
  initial: boolean;
}

export interface SetCameraNearMessage {
  type: "SetCameraNearMessage";
  near: number;
  initial: boolean;
}

export interface SetCameraFarMessage {
  type: "SetCameraFarMessage";
  far: number;
  initial: boolean;
}

export interface SetCameraFovMessage {
  type: "SetCameraFovMessage";
  fov: number;
  initial: boolean;
}

export interface SetCameraMinOrbitDistanceMessage {
  type: "SetCameraMinOrbitDistanceMessage";
  min_orbit_distance: number;
}

export interface SetCameraMaxOrbitDistanceMessage {
  type: "SetCameraMaxOrbitDistanceMessage";
  max_orbit_distance: number;
}

export interface SetOrientationMessage {
  type: "SetOrientationMessage";
  name: string;
  wxyz: Vec4;
  owner: string;
}

export interface SetPositionMessage {
  type: "SetPositionMessage";
  name: string;
  position: Vec3;
  owner: string;
}

export interface TransformControlsUpdateMessage {
  type: "TransformControlsUpdateMessage";
  name: string;
  wxyz: Vec4;
  position: Vec3;
  owner: string;
}

export interface TransformControlsDragStartMessage {
  type: "TransformControlsDragStartMessage";
  name: string;
  owner: string;
}

export interface TransformControlsDragEndMessage {
  type: "TransformControlsDragEndMessage";
  name: string;
  owner: string;
}

export interface BackgroundImageMessage {
  type: "BackgroundImageMessage";
  format: ImageFormat;
  rgb_data: Uint8Array | null;
  depth_data: Uint8Array | null;
}

export interface SetSceneNodeVisibilityMessage {
  type: "SetSceneNodeVisibilityMessage";
  name: string;
  visible: boolean;
  owner: string;
}

export interface SetSceneNodeDragBindingsMessage {
  type: "SetSceneNodeDragBindingsMessage";
  name: string;
  bindings: DragBinding[];
  owner: string;
}

export interface SetSceneNodeClickBindingsMessage {
  type: "SetSceneNodeClickBindingsMessage";
  name: string;
  bindings: DragBinding[];
  owner: string;
}

export interface SceneNodeClickMessage {
  type: "SceneNodeClickMessage";
  name: string;
  instance_index: number | null;
  ray_origin: Vec3;
  ray_direction: Vec3;
  screen_pos: Vec2;
  modifier: KeyModifier | null;
  owner: string;
}

export interface SceneNodeDragMessage {
  type: "SceneNodeDragMessage";
  phase: DragPhase;
  name: string;
  instance_index: number | null;
  start_position: Vec3;
  start_screen_pos: Vec2;
  end_position: Vec3;
  end_screen_pos: Vec2;
  button: DragButton;
  modifier: KeyModifier | null;
  owner: string;
}

export interface ResetGuiMessage {
  type: "ResetGuiMessage";
}

export interface GuiFormSubmitMessage {
  type: "GuiFormSubmitMessage";
  uuid: string;
}

export interface GuiFormDirtyMessage {
  type: "GuiFormDirtyMessage";
  uuid: string;
}

export interface GuiSetPanelPositionMessage {
  type: "GuiSetPanelPositionMessage";
  uuid: string;
  position: Placement;
  counter: number;
  run_id: string;
}

export interface GuiSetPanelWidthMessage {
  type: "GuiSetPanelWidthMessage";
  uuid: string;
  width: number | null;
  counter: number;
  run_id: string;
}

export interface GuiSetPanelHeightMessage {
  type: "GuiSetPanelHeightMessage";
  uuid: string;
  height: number | null;
  counter: number;
  run_id: string;
}

export interface GuiSetPanelCollapsedMessage {
  type: "GuiSetPanelCollapsedMessage";
  uuid: string;
  collapsed: boolean;
  counter: number;
  run_id: string;
}

export interface GuiPanelProps {
  _tab_labels: string[];
  _tab_icons_html: (string | null)[];
  _tab_container_ids: string[];
  order: number;
  visible: boolean;
}

export interface GuiPanelMessage {
  type: "GuiPanelMessage";
  uuid: string;
  props: GuiPanelProps;
}

export interface GuiPanelRemoveMessage {
  type: "GuiPanelRemoveMessage";
  uuid: string;
}

export interface GuiModalMessage {
  type: "GuiModalMessage";
  order: number;
  uuid: string;
  title: string;
}

export interface GuiCloseModalMessage {
  type: "GuiCloseModalMessage";
  uuid: string;
}

export interface GuiButtonHoldMessage {
  type: "GuiButtonHoldMessage";
  uuid: string;
  frequency: number;
}

export interface GuiUpdateMessage {
  type: "GuiUpdateMessage";
  uuid: string;
  updates: Record<string, unknown>;
}

export interface SceneNodeUpdateMessage {
  type: "SceneNodeUpdateMessage";
  name: string;
  updates: Record<string, unknown>;
  owner: string;
}

export interface ThemeConfigurationMessage {
  type: "ThemeConfigurationMessage";
  titlebar_content: TitlebarConfig | null;
  control_layout: ControlLayout;
  control_width: ControlWidth;
  show_logo: boolean;
  show_share_button: boolean;
  dark_mode: boolean;
  colors: [string, string, string, string, string, string, string, string, string, string] | null;
}

export interface GetRenderRequestMessage {
  type: "GetRenderRequestMessage";
  format: RenderFormat;
  height: number;
  width: number;
  quality: number;
  wxyz: Vec4;
  position: Vec3;
  fov: number;
  render_uuid: string;
}

export interface GetRenderResponseMessage {
  type: "GetRenderResponseMessage";
  payload: Uint8Array;
  render_uuid: string;
}

export interface FileTransferStartUpload {
  type: "FileTransferStartUpload";
  source_component_uuid: string;
  transfer_uuid: string;
  filename: string;
  mime_type: string;
  part_count: number;
  size_bytes: number;
}

export interface FileTransferStartDownload {
  type: "FileTransferStartDownload";
  save_immediately: boolean;
  transfer_uuid: string;
  filename: string;
  mime_type: string;
  part_count: number;
  size_bytes: number;
}

export interface FileTransferPart {
  type: "FileTransferPart";
  source_component_uuid: string | null;
  transfer_uuid: string;
  part_index: number;
  content: Uint8Array;
}

export interface FileTransferPartAck {
  type: "FileTransferPartAck";
  source_component_uuid: string | null;
  transfer_uuid: string;
  transferred_bytes: number;
  total_bytes: number;
}

export interface ShareUrlRequest {
  type: "ShareUrlRequest";
}

export interface ReplayDoneMessage {
  type: "ReplayDoneMessage";
}

export interface ShareUrlUpdated {
  type: "ShareUrlUpdated";
  share_url: string | null;
}

export interface ShareUrlDisconnect {
  type: "ShareUrlDisconnect";
}

export interface SetGuiPanelLabelMessage {
  type: "SetGuiPanelLabelMessage";
  label: string | null;
}

export interface CommandProps {
  label: string;
  description: string | null;
  hotkey: HotkeyKey | null;
  modifier: KeyModifier | null;
  _icon_html: string | null;
  disabled: boolean;
}

export interface RegisterCommandMessage {
  type: "RegisterCommandMessage";
  uuid: string;
  props: CommandProps;
}

export interface CommandUpdateMessage {
  type: "CommandUpdateMessage";
  uuid: string;
  updates: Record<string, unknown>;
}

export interface RemoveCommandMessage {
  type: "RemoveCommandMessage";
  uuid: string;
}

export interface CommandTriggerMessage {
  type: "CommandTriggerMessage";
  uuid: string;
}

export interface LocalStorageSetItemMessage {
  type: "LocalStorageSetItemMessage";
  key: string;
  value: string;
}

export interface LocalStorageRemoveItemMessage {
  type: "LocalStorageRemoveItemMessage";
  key: string;
}

export interface LocalStorageClearMessage {
  type: "LocalStorageClearMessage";
}

export interface LocalStorageGetItemRequestMessage {
  type: "LocalStorageGetItemRequestMessage";
  key: string;
  request_uuid: string;
}

export interface LocalStorageGetItemResponseMessage {
  type: "LocalStorageGetItemResponseMessage";
  value: string | null;
  error: string | null;
  request_uuid: string;
}

export interface PackedPosesMessage {
  type: "PackedPosesMessage";
  position_ids: Uint32Array;
  positions: Float32Array | Float64Array;
  wxyz_ids: Uint32Array;
  wxyzs: Float32Array;
}

export type ServerMessage =
  | CameraFrustumMessage
  | GlbMessage
  | FrameMessage
  | BatchedAxesMessage
  | GridMessage
  | LabelMessage
  | Gui3DMessage
  | PointCloudMessage
  | DirectionalLightMessage
  | AmbientLightMessage
  | HemisphereLightMessage
  | PointLightMessage
  | RectAreaLightMessage
  | SpotLightMessage
  | MeshMessage
  | BoxMessage
  | IcosphereMessage
  | CylinderMessage
  | SkinnedMeshMessage
  | BatchedMeshesMessage
  | BatchedGlbMessage
  | TransformControlsMessage
  | ImageMessage
  | LineSegmentsMessage
  | ArrowMessage
  | CatmullRomSplineMessage
  | CubicBezierSplineMessage
  | GaussianSplatsMessage
  | RemoveSceneNodeMessage
  | GuiFolderMessage
  | GuiFormMessage
  | GuiMarkdownMessage
  | GuiHtmlMessage
  | GuiDividerMessage
  | GuiProgressBarMessage
  | GuiPlotlyMessage
  | GuiUplotMessage
  | GuiImageMessage
  | GuiTabGroupMessage
  | GuiButtonMessage
  | GuiUploadButtonMessage
  | GuiSliderMessage
  | GuiMultiSliderMessage
  | GuiNumberMessage
  | GuiRgbMessage
  | GuiRgbaMessage
  | GuiCheckboxMessage
  | GuiVector2Message
  | GuiVector3Message
  | GuiTextMessage
  | GuiDropdownMessage
  | GuiButtonGroupMessage
  | GuiRemoveMessage
  | RunJavascriptMessage
  | NotificationShowMessage
  | NotificationUpdateMessage
  | RemoveNotificationMessage
  | ScenePointerEnableMessage
  | FogMessage
  | EnvironmentMapMessage
  | EnableLightsMessage
  | SetBoneOrientationMessage
  | SetBonePositionMessage
  | SetCameraPositionMessage
  | SetCameraUpDirectionMessage
  | SetCameraLookAtMessage
  | SetCameraNearMessage
  | SetCameraFarMessage
  | SetCameraFovMessage
  | SetCameraMinOrbitDistanceMessage
  | SetCameraMaxOrbitDistanceMessage
  | SetOrientationMessage
  | SetPositionMessage
  | BackgroundImageMessage
  | SetSceneNodeVisibilityMessage
  | SetSceneNodeDragBindingsMessage
  | SetSceneNodeClickBindingsMessage
  | ResetGuiMessage
  | GuiFormSubmitMessage
  | GuiFormDirtyMessage
  | GuiSetPanelPositionMessage
  | GuiSetPanelWidthMessage
  | GuiSetPanelHeightMessage
  | GuiSetPanelCollapsedMessage
  | GuiPanelMessage
  | GuiPanelRemoveMessage
  | GuiModalMessage
  | GuiCloseModalMessage
  | GuiUpdateMessage
  | SceneNodeUpdateMessage
  | ThemeConfigurationMessage
  | GetRenderRequestMessage
  | FileTransferStartDownload
  | FileTransferPart
  | FileTransferPartAck
  | ReplayDoneMessage
  | ShareUrlUpdated
  | SetGuiPanelLabelMessage
  | RegisterCommandMessage
  | CommandUpdateMessage
  | RemoveCommandMessage
  | LocalStorageSetItemMessage
  | LocalStorageRemoveItemMessage
  | LocalStorageClearMessage
  | LocalStorageGetItemRequestMessage
  | PackedPosesMessage;

export type ClientMessage =
  | ViewerCameraMessage
  | ScenePointerMessage
  | TransformControlsUpdateMessage
  | TransformControlsDragStartMessage
  | TransformControlsDragEndMessage
  | SceneNodeClickMessage
  | SceneNodeDragMessage
  | GuiFormSubmitMessage
  | GuiFormDirtyMessage
  | GuiButtonHoldMessage
  | GuiUpdateMessage
  | GetRenderResponseMessage
  | FileTransferStartUpload
  | FileTransferPart
  | ShareUrlRequest
  | ShareUrlDisconnect
  | CommandTriggerMessage
  | LocalStorageGetItemResponseMessage;
