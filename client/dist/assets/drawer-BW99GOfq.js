import{Ct as e,E as t,Gn as n,H as r,Ht as i,Kn as a,Ln as o,Mt as s,O as c,Qt as l,Tt as u,U as d,Un as f,W as p,Zn as m,_r as h,br as g,d as _,dr as v,g as y,hr as ee,j as b,lt as x,p as S,pt as te,qn as ne,st as re,u as C,ut as w,wt as T}from"./three.core-_iDa_TRn.js";import{t as E}from"./three.module-BecDQDFQ.js";import{c as D,l as ie}from"./view-D_gc4lMs.js";var O=4,k=`
void main() {
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`,A=`
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D depths;
uniform mat4 projection;
// Of the part of the target that is drawn to: left, bottom, width, height.
uniform ivec4 area;
uniform float pixelRatio;
float depthAt(ivec2 at) {
  return texelFetch(depths, clamp(at, area.xy, area.xy + area.zw - 1), 0).r;
}
bool orthographic() { return projection[3][3] == 1.0; }
// Along the viewing direction, from a depth of 0 to 1.
float distanceOf(float depth) {
  float z = depth * 2.0 - 1.0;
  if (orthographic()) return (projection[3][2] - z) / projection[2][2];
  return projection[3][2] / (z + projection[2][2]);
}
// Size of a pixel at that distance, in scene units.
float pixelAt(float d) {
  return 2.0 / (projection[1][1] * float(area.w)) * (orthographic() ? 1.0 : d);
}
`,ae=`${A}
uniform sampler2D occlusion;
uniform vec3 ink;
out vec4 fragColor;

#ifdef EYE_DOME
// Boucheny, "Interactive scientific visualization of large datasets": how much closer the neighbors are.
float eyeDome(ivec2 at, float d) {
  float reach = max(1.0, round(1.4 * pixelRatio));
  float sum = 0.0;
  for (int k = 0; k < 8; k++) {
    float angle = float(k) * 0.7853982;
    ivec2 to = at + ivec2(round(vec2(cos(angle), sin(angle)) * reach));
    float other = distanceOf(depthAt(to));
    sum += orthographic()
      ? max(0.0, 1.34 * (d - other) * projection[1][1] * 0.5)
      : max(0.0, log2(d / max(other, 1e-12)));
  }
  return max(exp(-sum / 8.0 * 120.0), 0.06);
}
#endif

#ifdef SILHOUETTES
// How much farther what is behind the edge of a surface is, in pixels; the surface's own slope does not count.
float silhouette(ivec2 at, float d) {
  int reach = max(1, int(round(pixelRatio)));
  float most = 0.0;
  for (int k = 0; k < 4; k++) {
    ivec2 way = k < 2 ? ivec2(reach, 0) : ivec2(0, reach);
    if (k % 2 == 1) way = -way;
    float there = distanceOf(depthAt(at + way));
    float back = distanceOf(depthAt(at - way));
    most = max(most, (there - d) - (d - back));
  }
  return smoothstep(6.0, 10.0, most / (pixelAt(d) * float(reach)));
}
#endif

#ifdef OCCLUSION
float occluded(ivec2 at, float d) {
  float sum = 0.0;
  float weights = 0.0;
  ivec2 first = (at - area.xy) / 2 - ${O/2};
  ivec2 last = (area.zw - 1) / 2;
  for (int k = 0; k < 16; k++) {
    ivec2 to = clamp(first + ivec2(k % ${O}, k / ${O}), ivec2(0), last);
    float other = distanceOf(depthAt(area.xy + to * 2));
    // Not over an edge in depth.
    float weight = 1.0 / (1.0 + abs(other - d) / (pixelAt(d) * 8.0));
    sum += weight * texelFetch(occlusion, to, 0).r;
    weights += weight;
  }
  return sum / weights;
}
#endif

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  float depth = depthAt(at);
  // Nothing was drawn here.
  if (depth >= 1.0) discard;
  float d = distanceOf(depth);
  float shade = 1.0;
  float line = 0.0;
  #ifdef EYE_DOME
  shade *= eyeDome(at, d);
  #endif
  #ifdef OCCLUSION
  shade *= occluded(at, d);
  #endif
  #ifdef SILHOUETTES
  line = silhouette(at, d);
  #endif
  // Blended: what is there, times alpha, plus the color.
  fragColor = vec4(ink * line, shade * (1.0 - line));
}
`,oe=`${A}
uniform mat4 unproject;
out vec4 fragColor;
const int SAMPLES = 10;
// In heights of the picture.
const float REACH = 0.07;

vec3 placeOf(ivec2 at) {
  vec2 screen = (vec2(at - area.xy) + 0.5) / vec2(area.zw);
  vec4 place = unproject * vec4(vec3(screen, depthAt(at)) * 2.0 - 1.0, 1.0);
  return place.xyz / place.w;
}

// The smaller of the differences to both sides: the one that is not over an edge.
vec3 slope(ivec2 at, vec3 place, ivec2 way) {
  vec3 there = placeOf(at + way) - place;
  vec3 back = place - placeOf(at - way);
  return abs(there.z) < abs(back.z) ? there : back;
}

void main() {
  ivec2 at = area.xy + ivec2(gl_FragCoord.xy) * 2;
  fragColor = vec4(1.0);
  float depth = depthAt(at);
  if (depth >= 1.0) return;
  vec3 place = placeOf(at);
  vec3 normal = normalize(cross(slope(at, place, ivec2(1, 0)), slope(at, place, ivec2(0, 1))));
  float reach = REACH * float(area.w);
  float radius = reach * pixelAt(-place.z);
  int tile = int(gl_FragCoord.x) % ${O} + ${O} * (int(gl_FragCoord.y) % ${O});
  float turn = float((tile * 7) % 16) / ${16 .toFixed(1)};
  float sum = 0.0;
  for (int k = 0; k < SAMPLES; k++) {
    float far = (float(k) + 0.3 + 0.6 * turn) / float(SAMPLES);
    float angle = 6.2831853 * (turn + 3.0 * (float(k) + turn) / float(SAMPLES));
    ivec2 to = at + ivec2(round(vec2(cos(angle), sin(angle)) * max(2.0, far * reach)));
    if (depthAt(to) >= 1.0) continue;
    vec3 v = placeOf(to) - place;
    float vv = dot(v, v);
    float f = max(radius * radius - vv, 0.0) / (radius * radius);
    sum += f * f * max(0.0, (dot(v, normal) - 0.01 * radius) / (sqrt(vv) + 1e-3 * radius));
  }
  float open = max(0.0, 1.0 - 2.6 * sum / float(SAMPLES));
  fragColor = vec4(vec3(max(open, 0.25)), 1.0);
}
`,se=-1e6,j={light:new y(1053204),dark:new y(14212322)};function M(){let e=new Float32Array([-1,-1,0,3,-1,0,-1,3,0]);return new _().setAttribute(`position`,new C(e,3))}function N(e){return e.has(`eye_dome`)||e.has(`studio`)||e.has(`silhouettes`)}var P=class{renderer;depths=new g(1,1,{depthTexture:new b(1,1,v)});occlusion=new g(1,1,{depthBuffer:!1,minFilter:s,magFilter:s,generateMipmaps:!1});uniforms;shade;occlude;occludeScene=new n;noCamera=new S;viewport=new h;constructor(t,n){this.renderer=t,this.uniforms={depths:{value:this.depths.depthTexture},occlusion:{value:null},projection:{value:new e},unproject:{value:new e},area:{value:[0,0,1,1]},pixelRatio:n.pixelRatio,ink:{value:j.light}};let i=M(),o={glslVersion:r,vertexShader:k,uniforms:this.uniforms,depthTest:!1,depthWrite:!1};this.shade=new T(i,new a({...o,fragmentShader:ae,transparent:!0,blending:5,blendEquation:100,blendSrc:201,blendDst:204,blendSrcAlpha:200,blendDstAlpha:201})),this.shade.renderOrder=se,this.shade.frustumCulled=!1,this.shade.matrixAutoUpdate=!1,this.shade.onBeforeRender=(e,t,n)=>this.prepare(n),this.occlude=new T(i,new a({...o,fragmentShader:oe})),this.occlude.frustumCulled=!1,this.occludeScene.add(this.occlude)}works(){let{renderer:e}=this,t=e.getContext(),n=new g(4,4,{samples:4,resolveDepthBuffer:!1});try{for(;t.getError()!==t.NO_ERROR&&!t.isContextLost(););return e.setRenderTarget(n),this.copyDepths(n),t.getError()===t.NO_ERROR}finally{e.setRenderTarget(null),n.dispose()}}begin(e,t,n){let{material:r}=this.shade,i={EYE_DOME:t.has(`eye_dome`),OCCLUSION:t.has(`studio`),SILHOUETTES:t.has(`silhouettes`)};for(let[e,t]of Object.entries(i))e in r.defines!==t&&(t?r.defines[e]=``:delete r.defines[e],r.needsUpdate=!0);this.uniforms.ink.value=j[n?`dark`:`light`],e.add(this.shade)}end(){this.shade.removeFromParent()}dispose(){this.depths.depthTexture?.dispose(),this.depths.dispose(),this.occlusion.dispose(),this.shade.geometry.dispose(),this.shade.material.dispose(),this.occlude.material.dispose()}prepare(e){let{renderer:t,uniforms:n}=this,r=t.getRenderTarget();if(!r)return;this.copyDepths(r);let{x:i,y:a,z:o,w:s}=t.getCurrentViewport(this.viewport);n.area.value=[i,a,o,s],n.projection.value.copy(e.projectionMatrix),n.unproject.value.copy(e.projectionMatrixInverse),`OCCLUSION`in this.shade.material.defines&&this.drawOcclusion(r,o,s),this.shade.material.uniformsNeedUpdate=!0}drawOcclusion(e,t,n){let{renderer:r,occlusion:i,uniforms:a}=this,o=e=>Math.ceil(e/2);i.setSize(o(e.width),o(e.height)),i.viewport.set(0,0,o(t),o(n)),a.occlusion.value=null,r.setRenderTarget(i),r.render(this.occludeScene,this.noCamera),r.setRenderTarget(e),a.occlusion.value=i.texture}copyDepths(e){let{renderer:t,depths:n}=this,r=t.getContext(),{width:i,height:a}=e;(n.width!==i||n.height!==a)&&n.setSize(i,a),this.framebuffers(n).__webglFramebuffer||(t.setRenderTarget(n),t.setRenderTarget(e));let o=this.framebuffers(e),s=o.__webglMultisampledFramebuffer??o.__webglFramebuffer??null,{state:c}=t,l=r.isEnabled(r.SCISSOR_TEST);r.disable(r.SCISSOR_TEST),c.bindFramebuffer(r.READ_FRAMEBUFFER,s),c.bindFramebuffer(r.DRAW_FRAMEBUFFER,this.framebuffers(n).__webglFramebuffer??null),r.blitFramebuffer(0,0,i,a,0,0,i,a,r.DEPTH_BUFFER_BIT,r.NEAREST),c.bindFramebuffer(r.READ_FRAMEBUFFER,null),c.bindFramebuffer(r.DRAW_FRAMEBUFFER,s),l&&r.enable(r.SCISSOR_TEST)}framebuffers(e){return this.renderer.properties.get(e)}},F=30*Math.PI/180;function I({positions:e,index:t}){let n=Math.floor(e.length/3),r=Math.floor((t?.length??n)/3),i=R(e,n),a=new Float32Array(3*r),o=new V(r),s=[],c=Math.cos(F),l=[0,0,0];for(let u=0;u<r;u++){for(let e=0;e<3;e++)l[e]=t?t[3*u+e]:3*u+e;if(!(Math.max(l[0],l[1],l[2])>=n)&&W(e,l,a,3*u))for(let e=0;e<3;e++){let t=l[e],n=l[(e+1)%3],r=o.meet(i[t],i[n],u,t,n);r<0||a[3*u]*a[3*r]+a[3*u+1]*a[3*r+1]+a[3*u+2]*a[3*r+2]>=c||s.push(t,n)}}return o.alone((e,t)=>s.push(e,t)),Uint32Array.from(s)}var L=2**-20;function R(e,t){let n=z(e,t),r=H(t),i=new Int32Array(r).fill(-1),a=new Uint32Array(t);for(let e=0;e<t;e++){let t=U(n[3*e],n[3*e+1],n[3*e+2])&r-1;for(;i[t]>=0&&!B(n,i[t],e);)t=t+1&r-1;i[t]<0&&(i[t]=e),a[e]=i[t]}return a}function z(e,t){let n=0;for(let r=0;r<3*t;r++){let t=Math.abs(e[r]);t>n&&t<1/0&&(n=t)}let r=1/(L*n||1),i=new Int32Array(3*t);for(let t=0;t<i.length;t++)i[t]=Math.round(e[t]*r);return i}function B(e,t,n){for(let r=0;r<3;r++)if(e[3*t+r]!==e[3*n+r])return!1;return!0}var V=class{size;lows;highs;triangles;ends;constructor(e){this.size=H(3*e),this.lows=new Int32Array(this.size).fill(-1),this.highs=new Int32Array(this.size),this.triangles=new Int32Array(this.size),this.ends=new Uint32Array(2*this.size)}meet(e,t,n,r,i){let a=Math.min(e,t),o=Math.max(e,t),s=U(a,o,0)&this.size-1;for(;this.lows[s]>=0;){if(this.lows[s]===a&&this.highs[s]===o){let e=this.triangles[s];return this.triangles[s]=-1,e}s=s+1&this.size-1}return this.lows[s]=a,this.highs[s]=o,this.triangles[s]=n,this.ends[2*s]=r,this.ends[2*s+1]=i,-1}alone(e){for(let t=0;t<this.size;t++)this.lows[t]<0||this.triangles[t]<0||e(this.ends[2*t],this.ends[2*t+1])}};function H(e){return 2**Math.ceil(Math.log2(Math.max(16,2*e)))}function U(e,t,n){let r=Math.imul(e,2654435761)^Math.imul(t,2246822507)^Math.imul(n,3266489909);return r=Math.imul(r^r>>>15,668265263),(r^r>>>13)>>>0}function W(e,[t,n,r],i,a){let o=e[3*t],s=e[3*t+1],c=e[3*t+2],l=e[3*n]-o,u=e[3*n+1]-s,d=e[3*n+2]-c,f=e[3*r]-o,p=e[3*r+1]-s,m=e[3*r+2]-c,h=u*m-d*p,g=d*f-l*m,_=l*p-u*f,v=Math.hypot(h,g,_);return v>0&&v<1/0&&(i[a]=h/v,i[a+1]=g/v,i[a+2]=_/v,!0)}function G(e,t){e.traverseVisible(e=>{e instanceof T&&[e.material].flat().every(K)&&t(e)})}function K(e){return`isShaderMaterial`in e||e instanceof ne?!1:!(e instanceof u)||e.userData.surface===!0}function ce(e){return(e.getIndex()?.count??e.getAttribute(`position`)?.count??0)/3}var le=1e6,ue=20,de=class{redraw;now;entries=new Map;spent=0;constructor(e,t=()=>performance.now()){this.redraw=e,this.now=t}begin(){this.spent=0}of(e){let t=this.entries.get(e);return t&&!this.stale(e,t)?t.lines:!e.getAttribute(`position`)||ce(e)>le?null:this.spent>ue?(this.redraw(),t?.lines??null):this.find(e,t)}dispose(){for(let e of[...this.entries.values()])e.forget()}stale(e,{version:t,at:n,ms:r}){return t!==q(e)&&this.now()-n>20*r}find(e,t){let n=this.now(),r=I({positions:pe(e),index:e.getIndex()?.array??null});t?.forget();let i=new _;fe(e,i),i.setIndex(new C(r,1));let a=()=>{e.removeEventListener(`dispose`,a),this.entries.delete(e);for(let e of Object.keys(i.attributes))i.deleteAttribute(e);i.morphAttributes={},i.dispose()};e.addEventListener(`dispose`,a);let o=this.now(),s=o-n;return this.spent+=s,this.entries.set(e,{lines:i,version:q(e),at:o,ms:s,forget:a}),i}};function fe(e,t){for(let n of[`position`,`skinIndex`,`skinWeight`]){let r=e.getAttribute(n);r&&t.setAttribute(n,r)}t.boundingSphere=e.boundingSphere??new m,t.morphAttributes=e.morphAttributes,t.morphTargetsRelative=e.morphTargetsRelative}function q(e){let t=e.getAttribute(`position`);return`${t.version} ${e.getIndex()?.version} ${t.count}`}function pe(e){let t=e.getAttribute(`position`);if(t instanceof C&&t.itemSize===3&&!t.normalized)return t.array;let n=new Float32Array(3*t.count);for(let e=0;e<t.count;e++)n.set([t.getX(e),t.getY(e),t.getZ(e)],3*e);return n}var J=new y(1447964),me=new y(15220364),he=.0015,ge=[`back_faces`,`wireframe`,`edges`],_e=class{group=new d;edgeCache;companions=new WeakMap;materials={edges:Y(new re({color:J,toneMapped:!1,depthWrite:!1})),wireframe:Y(new u({color:J,wireframe:!0,toneMapped:!1,transparent:!0,opacity:.45,depthWrite:!1})),back_faces:X(),mirrored:X()};constructor(e){this.edgeCache=new de(e),this.group.matrixAutoUpdate=!1,D(this.materials.mirrored)}begin(e,t){let n=ge.filter(e=>t.has(e));if(n.length===0)return;this.edgeCache.begin();let{children:r}=this.group;G(e,e=>{for(let t of n){let n=this.companion(e,t);n&&r.push(n)}}),e.add(this.group)}end(){this.group.removeFromParent(),this.group.children.length=0}dispose(){this.edgeCache.dispose();for(let e of Object.values(this.materials))e.dispose()}companion(e,t){if(t!==`back_faces`&&e.material.wireframe)return null;let n=t===`edges`?this.edgeCache.of(e.geometry):e.geometry;if(!n)return null;let r=this.companions.get(e)??{};this.companions.set(e,r),r[t]??=t===`edges`?new x:new T;let i=r[t];return i.renderOrder=t===`back_faces`?0:1,i.geometry=n,i.material=this.materialOf(e,t),ve(e,i),i}materialOf(e,t){let n=t===`back_faces`&&[e.material].flat().some(ie);return this.materials[n?`mirrored`:t]}};function ve(e,t){let n=e,r=t;t.matrixAutoUpdate=!1,t.matrixWorldAutoUpdate=!1,t.matrixWorld=e.matrixWorld,t.frustumCulled=e.frustumCulled&&t instanceof T,t.layers=e.layers;for(let e of ye)e in n&&(r[e]=n[e]);e.isInstancedMesh&&(r.instanceColor=null)}var ye=[`isInstancedMesh`,`instanceMatrix`,`morphTexture`,`count`,`isSkinnedMesh`,`skeleton`,`bindMode`,`bindMatrix`,`bindMatrixInverse`,`morphTargetInfluences`];function Y(e,t){return e.onBeforeCompile=e=>{e.vertexShader=e.vertexShader.replace(`#include <project_vertex>`,E.project_vertex.replace(`gl_Position =`,`if (projectionMatrix[3][3] == 1.0) mvPosition.z += ${he} * abs(mvPosition.z);
  else mvPosition.xyz *= 0.9985;
  gl_Position =`)),t?.(e)},e}function X(){return Y(new u({color:me,side:1,toneMapped:!1}),e=>{e.vertexShader=e.vertexShader.replace(`void main() {`,`varying vec3 vAt;
void main() {`).replace(`gl_Position =`,`vAt = mvPosition.xyz;
  gl_Position =`),e.fragmentShader=e.fragmentShader.replace(`void main() {`,`varying vec3 vAt;
void main() {`).replace(`#include <opaque_fragment>`,`outgoingLight *= 0.5 + 0.5 * abs(normalize(cross(dFdx(vAt), dFdy(vAt))).z);
#include <opaque_fragment>`)})}var be=64,xe=1e6;function Se(e,t){let n=Math.max(1,Math.ceil(e/xe)),r=Math.floor(e/n),i=new Float32Array(3*r);for(let e=0;e<r;e++)for(let r of[0,1,2])i[3*e+r]=t(e*n,r);let a=Math.min(be,r),o=[];for(let e=0;e<a;e++){let t=Ce(i,Math.floor(e*r/a));t>0&&t<1/0&&o.push(t)}o.sort((e,t)=>e-t);let s=o[o.length>>1]??0;return Math.sqrt(s)/Math.sqrt(n)}function Ce(e,t){let n=e[3*t],r=e[3*t+1],i=e[3*t+2],a=1/0;for(let t=0;t<e.length;t+=3){let o=e[t]-n,s=e[t+1]-r,c=e[t+2]-i,l=o*o+s*s+c*c;l<a&&l>0&&(a=l)}return a}var Z=64,Q=32,$=[{x:-.6,y:.7,z:-.4,radiance:.7,width:.12},{x:.7,y:.4,z:.6,radiance:.5,width:.15},{x:.2,y:.25,z:-.95,radiance:.35,width:.08}];function we(){let e=new Uint16Array(8192);for(let t=0;t<Q;t++){let n=((t+.5)/Q-.5)*Math.PI;for(let r=0;r<Z;r++){let i=((r+.5)/Z-.5)*2*Math.PI,a=Math.cos(n),[o,s,l]=Te(a*Math.cos(i),Math.sin(n),a*Math.sin(i)),u=4*(t*Z+r);for(let[t,n]of[o,s,l,1].entries())e[u+t]=c.toHalfFloat(n)}}let n=new t(e,Z,Q,l,p);return n.mapping=303,n.colorSpace=te,n.minFilter=n.magFilter=w,n.wrapS=o,n.needsUpdate=!0,n}function Te(e,t,n){let r=.5+.5*Math.max(-1,Math.min(1,t/.6)),i=0;for(let r of $){let a=Math.hypot(r.x,r.y,r.z),o=(e*r.x+t*r.y+n*r.z)/a;i+=r.radiance*Math.exp((o-1)/r.width)}let a=.13+.04*r+i;return[a*(1.02-.02*r),a,a*(.97+.05*r)]}var Ee=.3,De=class{clear=new WeakMap;replaced=[];begin(e){G(e,e=>{this.replaced.push([e,e.material]);let{material:t}=e;e.material=Array.isArray(t)?t.map(e=>this.clearOf(e)):this.clearOf(t)})}end(){for(let[e,t]of this.replaced)e.material=t;this.replaced=[]}clearOf(e){let t=this.clear.get(e);if(!t){t=Oe(e),this.clear.set(e,t);let n=()=>{e.removeEventListener(`dispose`,n),this.clear.delete(e),t.dispose()};e.addEventListener(`dispose`,n)}return t}};function Oe(e){return Object.create(e,{id:{value:-1-e.id},uuid:{value:`${e.uuid} translucent`},transparent:{value:!0},depthWrite:{value:!1},alphaToCoverage:{value:!1},opacity:{get:()=>e.opacity*Ee},_listeners:{value:void 0,writable:!0}})}var ke=`
uniform sampler2D drawn;
uniform ivec2 corner;
out vec4 fragColor;
void main() {
  fragColor = vec4(texelFetch(drawn, ivec2(gl_FragCoord.xy) - corner, 0).rgb, 1.0);
}
`,Ae=class{deps;dark=!1;shade;overlays;xray=new De;copy;copyScene=new n;noCamera=new S;size=new ee;viewport=new h;spacings=new WeakMap;depthsWork;target=null;panorama=null;studio=!1;constructor(e){this.deps=e,this.shade=new P(e.renderer,e.frame),this.depthsWork=this.shade.works(),this.overlays=new _e(e.redraw),this.copy=new T(M(),new a({glslVersion:r,vertexShader:k,fragmentShader:ke,uniforms:{drawn:{value:null},corner:{value:[0,0]}},depthTest:!1,depthWrite:!1,toneMapped:!1})),this.copy.frustumCulled=!1,this.copyScene.add(this.copy)}can(e){return this.depthsWork||!N(new Set([e]))}draw(e,t,n){let{renderer:r,scene:i}=this.deps,a=N(e)&&this.depthsWork,{info:o}=r;o.autoReset=!1,o.reset(),this.setStudio(e.has(`studio`)),this.setSpacings(e.has(`adaptive_points`)),this.overlays.begin(i,e),this.deps.frame.seeThrough.value=+!!e.has(`x_ray`),e.has(`x_ray`)&&this.xray.begin(i),a&&this.shade.begin(i,e,this.dark);try{a&&t?this.drawOnPage(n):n()}finally{this.shade.end(),this.xray.end(),this.overlays.end(),o.autoReset=!0}!a&&t&&this.freeTarget()}dispose(){this.freeTarget(),this.shade.dispose(),this.overlays.dispose(),this.copy.geometry.dispose(),this.copy.material.dispose(),this.panorama?.dispose()}drawOnPage(e){let{renderer:t}=this.deps,n=this.targetOf(t.getDrawingBufferSize(this.size)),{x:r,y:i,z:a,w:o}=t.getCurrentViewport(this.viewport);n.viewport.set(0,0,a,o),n.scissor.set(0,0,a,o),n.scissorTest=!0,t.setRenderTarget(n);try{e()}finally{t.setRenderTarget(null)}let{drawn:s,corner:c}=this.copy.material.uniforms;s.value=n.texture,c.value=[r,i],t.render(this.copyScene,this.noCamera)}targetOf({x:e,y:t}){if(this.target?.width===e&&this.target.height===t)return this.target;this.freeTarget();let n=this.deps.renderer.getContext(),r=new g(e,t,{samples:Math.max(n.getParameter(n.SAMPLES),1),colorSpace:f,internalFormat:`RGBA8`,generateMipmaps:!1,resolveDepthBuffer:!1});return r.isXRRenderTarget=!0,this.target=r,r}freeTarget(){this.target?.dispose(),this.target=null}setStudio(e){e!==this.studio&&(this.studio=e,e&&(this.panorama??=we()),this.deps.setStudioLight(e?this.panorama:null))}setSpacings(e){let{scene:t,frame:n}=this.deps;n.adaptivePoints.value=+!!e,e&&t.traverseVisible(e=>{if(!(e instanceof i)||!(e.material instanceof a))return;let{spacing:t}=e.material.uniforms;t&&(t.value=this.spacingOf(e))})}spacingOf({geometry:e}){let t=e.getAttribute(`position`);if(!t)return 0;let n=e.drawRange.count,r=this.spacings.get(e);if(r&&Math.abs(r.count-n)<=.1*r.count)return r.spacing;let{array:i,itemSize:a}=t,o=`isFloat16BufferAttribute`in t&&i instanceof Uint16Array,s=Se(Math.min(n,t.count),(e,t)=>{let n=i[e*a+t];return o?c.fromHalfFloat(n):n});return this.spacings.set(e,{count:n,spacing:s}),s}};export{Ae as LookDrawer};