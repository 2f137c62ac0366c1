import{Ct as e,E as t,Fn as n,H as r,Kn as i,Mt as a,R as o,Un as s,W as c,_r as l,br as u,gr as d,h as f,hr as p,j as m,sr as h,ut as g,w as _,wt as v}from"./three.core-_iDa_TRn.js";import{n as y,t as b}from"./object-bdaPTSu6.js";import{n as x}from"./pose-DL--Ah08.js";import{_ as S}from"./view-D_gc4lMs.js";import{n as C}from"./cellPick-ChEGh6PA.js";var w=new l,T=class{target=null;frame=-1;camera=null;users=new Set;add(e){this.users.add(e)}remove(e){this.users.delete(e),this.users.size>0||(this.target?.dispose(),this.target=null)}take(e,t,n){let{z:r,w:i}=e.getCurrentViewport(w),a=this.sized(Math.ceil(r),Math.ceil(i)),{frame:o}=e.info.render;return(this.frame!==o||this.camera!==n)&&(a.viewport.set(0,0,r,i),this.draw(e,t,n,a),this.frame=e.info.render.frame,this.camera=n),a.depthTexture}draw(e,t,n,r){let i=e.getRenderTarget(),{autoUpdate:a,needsUpdate:o}=e.shadowMap,{background:s}=t,{autoReset:c}=e.info,l=[...this.users].filter(e=>e.visible);for(let e of l)e.visible=!1;e.shadowMap.autoUpdate=e.shadowMap.needsUpdate=!1,t.background=null,e.info.autoReset=!1;try{e.setRenderTarget(r),e.clear(),e.render(t,n)}finally{e.setRenderTarget(i),Object.assign(e.shadowMap,{autoUpdate:a,needsUpdate:o}),t.background=s,e.info.autoReset=c;for(let e of l)e.visible=!0}}sized(e,t){let{target:n}=this;return n&&n.width>=e&&n.height>=t?n:(n?.dispose(),this.target=new u(e,t,{colorSpace:s,internalFormat:`RGBA8`,generateMipmaps:!1,depthTexture:new m(e,t)}),this.target.isXRRenderTarget=!0,this.frame=-1,this.target)}},E=new WeakMap;function D(e){let t=E.get(e)??new T;return E.set(e,t),t}var O=`
#include <clipping_planes_pars_vertex>
uniform vec3 low;
uniform vec3 high;
out vec3 vAt;
void main() {
  vAt = mix(low, high, position + 0.5);
  vec4 mvPosition = modelViewMatrix * vec4(vAt, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <clipping_planes_vertex>
}
`,k=`
precision highp sampler3D;
uniform sampler3D numbers;
uniform sampler2D transfer;
uniform sampler2D sceneDepth;
uniform mat4 clipToGrid;
uniform vec4 frame;
uniform vec3 low;
uniform vec3 high;
uniform vec3 count;
uniform vec3 middle;
uniform vec3 spacing;
uniform float factor;
uniform vec2 range;
uniform float level;
uniform float density;
uniform float unit;
uniform float maxSteps;
in vec3 vAt;
out vec4 fragColor;
// Of the cuts (scene/cuts). It is the ray that is cut, not the box.
#include <clipping_planes_pars_fragment>
uniform mat4 gridToWorld;

vec3 gridOf(vec3 ndc) {
  vec4 p = clipToGrid * vec4(ndc, 1.0);
  return p.xyz / p.w;
}

float numberAt(vec3 p) {
  return texture(numbers, (p + middle) / count).r * factor;
}

// What is cut away has no numbers.
float keptAt(vec3 p) {
  #if NUM_CLIPPING_PLANES > 0
  if (isCutAway((gridToWorld * vec4(p, 1.0)).xyz, NUM_CLIPPING_PLANES)) return 1e30;
  #endif
  return numberAt(p);
}

// Not a number, infinite, or mixed with such a one.
bool hole(float v) {
  return !(abs(v) < 1e20);
}

vec4 lookUp(float v) {
  float width = range.y - range.x;
  float t = width > 0.0 ? (v - range.x) / width : step(range.x, v);
  float n = float(textureSize(transfer, 0).x);
  return texture(transfer, vec2((clamp(t, 0.0, 1.0) * (n - 1.0) + 0.5) / n, 0.5));
}

vec3 gradientAt(vec3 p) {
  vec3 e = vec3(1.0, 0.0, 0.0);
  return vec3(
    numberAt(p + e.xyy) - numberAt(p - e.xyy),
    numberAt(p + e.yxy) - numberAt(p - e.yxy),
    numberAt(p + e.yyx) - numberAt(p - e.yyx)) / spacing;
}

void main() {
  vec2 pixel = gl_FragCoord.xy - frame.xy;
  vec2 ndc = pixel / frame.zw * 2.0 - 1.0;
  vec3 origin = gridOf(vec3(ndc, -1.0));
  vec3 path = vAt - origin;
  // Where the ray is in the box, in parts of the path from the near plane to the far side of the box.
  vec3 a = (low - origin) / path;
  vec3 b = (high - origin) / path;
  vec3 first = min(a, b);
  float from = max(0.0, max(first.x, max(first.y, first.z)));
  float to = 1.0;
  float depth = texelFetch(sceneDepth, ivec2(pixel), 0).r;
  if (depth < 1.0) {
    vec3 solid = gridOf(vec3(ndc, depth * 2.0 - 1.0));
    to = min(to, dot(solid - origin, path) / dot(path, path));
  }
  if (!(to > from)) discard;

  vec3 start = origin + from * path;
  vec3 way = (to - from) * path;
  float length_ = length(way * spacing);
  float wanted = max(1.0, length(way) * 2.0);
  float steps = ceil(min(wanted, maxSteps));
  // Neighboring pixels begin at other places within a step, so that steps are not seen as rings.
  float shift = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  vec4 sum = vec4(0.0);
  #if MODE == 0
  float share = density * length_ / steps / unit;
  for (float i = 0.0; i < steps; i += 1.0) {
    float v = keptAt(start + way * ((i + shift) / steps));
    if (hole(v)) continue;
    vec4 c = lookUp(v);
    float alpha = 1.0 - pow(1.0 - min(c.a, 0.9999), share);
    sum += (1.0 - sum.a) * vec4(c.rgb * alpha, alpha);
    if (sum.a > 0.995) break;
  }
  #elif MODE == 1
  float most = -1e30;
  for (float i = 0.0; i < steps; i += 1.0) {
    float v = keptAt(start + way * ((i + shift) / steps));
    if (!hole(v)) most = max(most, v);
  }
  if (most > -1e30) {
    sum = lookUp(most);
    sum.rgb *= sum.a;
  }
  #else
  float before = -1.0;
  for (float i = 0.0; i <= steps; i += 1.0) {
    float at = min(i + shift * step(0.5, i), steps) / steps;
    float v = keptAt(start + way * at);
    if (hole(v) || v < level) {
      before = at;
      continue;
    }
    // Between the place before and here; at the side of the box, the surface is that side.
    if (before >= 0.0) {
      float outside = before;
      for (int k = 0; k < 6; k++) {
        float between = (outside + at) * 0.5;
        float w = keptAt(start + way * between);
        if (hole(w) || w < level) outside = between;
        else at = between;
      }
    }
    vec3 p = start + way * at;
    vec3 slope = gradientAt(p);
    vec3 side = step(vec3(from - 1e-6), first) * -sign(path);
    vec3 n = before < 0.0 && from > 0.0 ? side / spacing : -slope;
    float size = length(n);
    vec3 toEye = normalize(-path * spacing);
    float facing = size > 0.0 && size < 1e20 ? abs(dot(n / size, toEye)) : 1.0;
    vec3 c = lookUp(level).rgb;
    sum = vec4(c * (0.3 + 0.7 * facing) + 0.15 * pow(facing, 24.0), 1.0);
    break;
  }
  #endif
  if (sum.a <= 0.0) discard;
  fragColor = sum;
}
`,A=1<<29;function j(e,t,n,r=A){let i=t.map(e=>Math.ceil(e/n)),a=()=>t.map((e,t)=>Math.ceil(e/i[t]));for(;;){let[t,n,o]=a();if(t*n*o*e.BYTES_PER_ELEMENT<=r)break;let s=t>=n&&t>=o?0:n>=o?1:2;i[s]++}if(i.every(e=>e===1))return{numbers:e,size:[...t],every:i};let[o,s,c]=a(),l=new e.constructor(o*s*c),u=0;for(let n=0;n<c;n++)for(let r=0;r<s;r++){let a=t[0]*(r*i[1]+t[1]*n*i[2]);for(let t=0;t<o;t++)l[u++]=e[a+t*i[0]]}return{numbers:l,size:[o,s,c],every:i}}function M(e){return e instanceof Uint8Array?255:1}function N(e,{numbers:t,size:r},i){let a=t instanceof Uint8Array?h:t instanceof Float32Array&&i?o:c,s=t instanceof Float32Array&&!i?F(t):t,[l,u,d]=r,{image:f}=e??{},p=e?.type===a&&f?.width===l&&f.height===u&&f.depth===d;if(e&&f&&p)return f.data=s,e.needsUpdate=!0,e;e?.dispose();let m=new _(s,l,u,d);return m.format=n,m.type=a,m.unpackAlignment=1,m.needsUpdate=!0,m}function P(e,t){let n=t?a:g;e.magFilter!==n&&(e.minFilter=e.magFilter=n,e.needsUpdate=!0)}function F(e){let t=new Uint16Array(e.length),n=new Uint32Array(e.buffer,e.byteOffset,e.length);for(let e=0;e<t.length;e++)t[e]=I(n[e]);return t}function I(e){let t=e>>>16&32768,n=(e>>>23&255)-112,r=e&8388607;return n>=31?t|31744|(n>142&&r?1:0):n<=0?n<-10?t:t|(r|8388608)>>14-n:(t|n<<10|r>>13)+(r>>12&1)}var L=[`composite`,`maximum`,`surface`],R=8192,z=160,B=1024,V=150,H=class extends b{material;mesh;grid=null;stale=!1;blocks=!1;spacing=[1,1,1];texture=null;transfer=null;depth=null;seen=new WeakMap;timer;constructor(t,n){super(t,n);let a=e=>({value:e});this.material=new i({glslVersion:r,vertexShader:O,fragmentShader:k,defines:{MODE:0},clipping:!0,side:1,transparent:!0,depthTest:!1,depthWrite:!1,blending:5,blendSrc:201,blendDst:205,uniforms:{numbers:a(null),transfer:a(null),sceneDepth:a(null),clipToGrid:a(new e),gridToWorld:a(new e),frame:a(new l(0,0,1,1)),low:a(new d),high:a(new d(1,1,1)),count:a(new d(1,1,1)),middle:a(new d(.5,.5,.5)),spacing:a(new d(1,1,1)),factor:a(1),range:a(new p(0,1)),level:a(0),density:a(1),unit:a(1),maxSteps:a(B)}}),this.mesh=new v(t.shapes.acquire(`box`,S),this.material),this.mesh.frustumCulled=!1,this.mesh.visible=!1,this.mesh.onBeforeRender=(e,t,n)=>{this.prepare(e,t,n)},this.add(this.mesh)}update(e,t){y(t,`values`,`size`,`blocks`)&&(this.setGrid(e.values,e.size),this.blocks=e.blocks===!0),y(t,`spacing`,`size`,`blocks`,`values`)&&this.place(e.spacing),y(t,`transfer`)&&this.setTransfer(e.transfer),y(t,`range`,`level`,`density`)&&this.setNumbers(e);let n=Math.max(0,L.indexOf(e.mode));this.material.defines.MODE!==n&&(this.material.defines.MODE=n,this.material.needsUpdate=!0),this.mesh.visible=this.grid!==null&&this.transfer!==null,y(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){if(!this.mesh.visible)return null;let t=this.mesh.matrixWorld.clone().invert(),n=new d(...e.origin),r=n.clone().add(new d(...e.direction));n.applyMatrix4(t),r.applyMatrix4(t).sub(n);let{low:i,high:a}=this.box(),o=C(n.toArray(),r.toArray(),i.toArray(),a.toArray());return o&&{distance:o[0]>0?o[0]:o[1],instance:null}}outline(){if(!this.mesh.visible)return null;let{low:t,high:n}=this.box(),r=n.clone().sub(t),i=new e().makeScale(r.x,r.y,r.z);return i.setPosition(r.multiplyScalar(.5).add(t)),{geometry:this.mesh.geometry,matrix:i.premultiply(this.mesh.matrixWorld),fromCenter:!0}}dispose(){super.dispose(),clearTimeout(this.timer),this.depth?.remove(this.mesh),this.texture?.dispose(),this.transfer?.dispose(),this.material.dispose(),this.ctx.shapes.release(`box`)}box(){let{low:e,high:t}=this.material.uniforms;return{low:e.value,high:t.value}}setGrid(e,t){let n=Array.isArray(t)&&t.length===3&&t.every(e=>Number.isInteger(e)&&e>0&&e<=R),r=e instanceof Uint8Array||e instanceof Uint16Array||e instanceof Float32Array,i=n&&r&&e.length===t[0]*t[1]*t[2];this.report(`grid`,i?null:`its size must be 1 to ${R} along each axis, and have all its numbers`),i&&this.grid?.numbers===e||(this.grid=i?{numbers:e,size:[t[0],t[1],t[2]]}:null,this.stale=!0)}place(e){let t=x(e),n=t?.every(e=>e>0)===!0;this.report(`spacing`,n?null:`the distances of its numbers must be above 0`),this.spacing=n?t:[1,1,1];let{low:r,high:i}=this.box();(this.grid?.size??[1,1,1]).forEach((e,t)=>{let n=this.blocks||e===1;r.setComponent(t,n?-.5:0),i.setComponent(t,n?e-.5:e-1)}),this.mesh.matrix.makeScale(...this.spacing),this.mesh.updateMatrixWorld(!0);let{uniforms:a}=this.material;a.spacing.value.set(...this.spacing),a.unit.value=Math.min(...this.spacing)}setTransfer(e){let n=e instanceof Uint8Array&&e.length>=4&&e.length%4==0,r=n?e.length/4:0,i=n&&r<=4096;if(this.report(`transfer`,i?null:`its colors must be four numbers each, at most 4096`),!i)return;this.transfer?.dispose();let a=new t(e.slice(),r,1);a.minFilter=a.magFilter=g,a.wrapS=f,a.needsUpdate=!0,this.transfer=this.material.uniforms.transfer.value=a}setNumbers({range:e,level:t,density:n}){let{uniforms:r}=this.material,i=Array.isArray(e)&&e.length===2&&e.every(Number.isFinite)&&e[0]<=e[1];this.report(`range`,i?null:`its range must be two finite numbers, the lower one first`),i&&r.range.value.set(e[0],e[1]),r.level.value=typeof t==`number`&&Number.isFinite(t)?t:0;let a=typeof n==`number`&&n>=0?n:1;r.density.value=Math.min(a,1e6)}prepare(e,t,n){this.stale&&this.upload(e),this.depth||(this.depth=D(t),this.depth.add(this.mesh));let{uniforms:r}=this.material;r.sceneDepth.value=this.depth.take(e,t,n),e.getCurrentViewport(r.frame.value),r.gridToWorld.value.copy(this.mesh.matrixWorld);let i=r.clipToGrid.value;i.multiplyMatrices(n.matrixWorldInverse,this.mesh.matrixWorld),i.premultiply(n.projectionMatrix).invert(),r.maxSteps.value=e.getRenderTarget()?B:this.steps(n),this.material.uniformsNeedUpdate=!0}steps(e){let t=this.seen.get(e);return t?.equals(e.matrixWorld)?B:(t?t.copy(e.matrixWorld):this.seen.set(e,e.matrixWorld.clone()),clearTimeout(this.timer),this.timer=setTimeout(()=>this.ctx.requestRender(),V),z)}upload(e){let{grid:t}=this;if(this.stale=!1,!t)return;let n=e.getContext(),r=j(t.numbers,t.size,n.getParameter(n.MAX_3D_TEXTURE_SIZE)),i=e.extensions.has(`OES_texture_float_linear`);this.texture=N(this.texture,r,i),P(this.texture,this.blocks);let[a,o,s]=r.every;this.report(`thinned`,a*o*s===1?null:`too large for this graphics card: one of ${a} x ${o} x ${s} numbers is drawn`);let{uniforms:c}=this.material;c.numbers.value=this.texture,c.factor.value=M(t.numbers),c.count.value.set(r.size[0]*a,r.size[1]*o,r.size[2]*s),c.middle.value.set(a/2,o/2,s/2)}};export{H as Volume};