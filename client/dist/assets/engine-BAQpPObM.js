import{Mt as e,St as t,Tt as n,W as r,_r as i,br as a,bt as o,g as s,gr as c,it as l,zt as u}from"./three.core-_iDa_TRn.js";import{n as d,t as f}from"./three.module-BecDQDFQ.js";var p=4e6,m=.001,h=new WeakMap;function g(e){let t=e.getIndex()?.array??e.getAttribute(`position`),n=e.getIndex()?.count??0,r=h.get(e);if(r&&r.of===t&&r.count===n)return r.closed;let i=_(e);return h.set(e,{of:t,count:n,closed:i}),i}function _(e){let t=e.getAttribute(`position`);if(!t)return!1;let n=e.getIndex(),r=n?.count??t.count;if(r<12||r>3*p)return!1;let i=e=>n?n.getX(e):e,[a,o,s]=[t.getX(i(0)),t.getY(i(0)),t.getZ(i(0))],c=new Float64Array(9),l=[0,0,0],u=0,d=0,f=new Float64Array(9);for(let e=0;e+2<r;e+=3){for(let n=0;n<3;n++){let r=i(e+n);f[3*n]=t.getX(r)-a,f[3*n+1]=t.getY(r)-o,f[3*n+2]=t.getZ(r)-s}let[n,r,p]=[f[3]-f[0],f[4]-f[1],f[5]-f[2]],[m,h,g]=[f[6]-f[0],f[7]-f[1],f[8]-f[2]],_=[(r*g-p*h)/2,(p*m-n*g)/2,(n*h-r*m)/2],v=Math.hypot(_[0],_[1],_[2]);if(!Number.isFinite(v))continue;let y=[0,1,2].map(e=>(f[e]+f[3+e]+f[6+e])/3);for(let e=0;e<3;e++){for(let t=0;t<3;t++)c[3*e+t]+=y[e]*_[t];l[e]+=_[e]}u+=v,d+=v*Math.hypot(y[0],y[1],y[2])}let h=(c[0]+c[4]+c[8])/3,g=m*d;return!(h>g)||Math.hypot(l[0],l[1],l[2])>m*u?!1:c.every((e,t)=>Math.abs(e-(t%4==0?h:0))<=g)}var v={sets:0,planes:64,kinds:256,caps:288,words:320},y=`CUT_CAP`,b=`CUT_COUNT`,x=`
#if NUM_CLIPPING_PLANES > 0
varying vec3 vCutPlace;
#if defined(${y}) || defined(${b})
varying vec2 vCutDepths; // of a depth in the camera's frame: what it is multiplied with, and what is added
#endif
#endif
`,S=`
#if NUM_CLIPPING_PLANES > 0
vCutPlace = (inverse(viewMatrix) * vec4(mvPosition.xyz, 1.0)).xyz;
#if defined(${y}) || defined(${b})
vCutDepths = vec2(projectionMatrix[2][2], projectionMatrix[3][2]);
#endif
#endif
`,C=`${x}
#if NUM_CLIPPING_PLANES > 0
layout(std140) uniform CutBlock {
  uvec4 cutSets[16];
  vec4 cutPlanes[48];
  vec4 cutKinds[8]; // number of planes, 1 if what is inside is cut away, 1 if there is a filling
  vec4 cutCaps[8];  // its color, and 1 if it is that of each body
};
uint cutsOfSet(int cutSet) {
  return cutSets[cutSet / 4][cutSet % 4];
}
bool isCutAway(vec3 place, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  for (int i = 0; i < 8; i++) {
    if ((cuts >> uint(i) & 1u) == 0u) continue;
    bool inside = true;
    for (int k = 0; k < int(cutKinds[i].x); k++) {
      inside = inside && dot(cutPlanes[6 * i + k], vec4(place, 1.0)) >= 0.0;
    }
    if (inside == (cutKinds[i].y > 0.5)) return true;
  }
  return false;
}
// The color of what is seen of the inside of a body: that of the first cut with a filling.
vec3 cutFilling(vec3 own, vec3 lit, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  for (int i = 0; i < 8; i++) {
    if ((cuts >> uint(i) & 1u) == 0u || cutKinds[i].z < 0.5) continue;
    return cutCaps[i].w > 0.5 ? own : cutCaps[i].rgb;
  }
  return lit;
}
#if defined(${y}) || defined(${b})
#define CUT_FAR 1e30
uniform sampler2D cutCounts;
uniform float cutBody;
// Along the camera's ray, as distances from this fragment: where it comes in front of all planes and into all boxes that
// keep their inside, and where it leaves the first box that keeps its outside; and which cuts these are, -1 for none.
vec2 cutStarts;
ivec2 cutStartsOf;
vec3 cutRay(vec3 place) {
  return isOrthographic
    ? -vec3(viewMatrix[0][2], viewMatrix[1][2], viewMatrix[2][2])
    : normalize(place - cameraPosition);
}
// From where to where the ray is in front of the planes of a cut.
vec2 cutSpan(vec3 place, vec3 ray, int i) {
  vec2 span = vec2(-CUT_FAR, CUT_FAR);
  for (int k = 0; k < int(cutKinds[i].x); k++) {
    vec4 plane = cutPlanes[6 * i + k];
    float away = dot(plane, vec4(place, 1.0));
    float slope = dot(plane.xyz, ray);
    if (slope > 0.0) span.x = max(span.x, -away / slope);
    else if (slope < 0.0) span.y = min(span.y, -away / slope);
    else if (away < 0.0) return vec2(CUT_FAR, -CUT_FAR);
  }
  return span;
}
void findCutStarts(vec3 place, vec3 ray, int cutSet) {
  uint cuts = cutsOfSet(cutSet);
  float eye = isOrthographic ? -CUT_FAR : -distance(place, cameraPosition);
  vec2 kept = vec2(eye, CUT_FAR);
  vec2 hole = vec2(CUT_FAR, -CUT_FAR);
  cutStartsOf = ivec2(-1);
  for (int i = 0; i < 8; i++) {
    if ((cuts >> uint(i) & 1u) == 0u) continue;
    vec2 span = cutSpan(place, ray, i);
    if (cutKinds[i].y > 0.5) {
      if (span.x >= span.y || span.y <= eye || span.y >= hole.x && hole.x < CUT_FAR) continue;
      hole = span;
      cutStartsOf.y = i;
    } else {
      if (span.x > kept.x) cutStartsOf.x = i;
      kept = vec2(max(kept.x, span.x), min(kept.y, span.y));
    }
  }
  cutStarts = vec2(kept.x, hole.y);
  if (kept.x >= kept.y || kept.x > hole.x && kept.x < hole.y) cutStartsOf.x = -1;
  if (hole.y <= kept.x || hole.y >= kept.y) cutStartsOf.y = -1;
}
float cutDepthAt(float t, vec3 place, vec3 ray) {
  float z = (viewMatrix * vec4(place + t * ray, 1.0)).z;
  float depth = isOrthographic
    ? vCutDepths.x * z + vCutDepths.y
    : (vCutDepths.x * z + vCutDepths.y) / -z;
  return clamp(0.5 * depth + 0.5, 0.0, 1.0);
}
// Whether the ray enters what is kept inside of this body; of bodies within each other, the drawn depths decide.
bool isInBody(vec2 counted) {
  return counted.x > 1.5 || counted.x > 0.5 && abs(counted.y - cutBody) < 0.5;
}
// The index of the cut whose filling is seen in front of this back face; -1: none.
int cutCapOf(vec3 place, vec3 ray, int cutSet, out float start) {
  findCutStarts(place, ray, cutSet);
  vec4 counted = texelFetch(cutCounts, ivec2(gl_FragCoord.xy), 0);
  for (int k = 0; k < 2; k++) {
    int i = cutStartsOf[k];
    if (i < 0 || cutKinds[i].z < 0.5 || cutStarts[k] >= 0.0) continue;
    if (!isInBody(k == 0 ? counted.xy : counted.zw)) continue;
    start = cutStarts[k];
    return i;
  }
  return -1;
}
#endif
#endif
`,w=`
#if NUM_CLIPPING_PLANES > 0
#if defined(${b})
vec4 cutCount = vec4(0.0);
findCutStarts(vCutPlace, cutRay(vCutPlace), NUM_CLIPPING_PLANES);
vec2 cutOnce = (gl_FrontFacing ? -1.0 : 1.0) * vec2(1.0, cutBody);
if (cutStartsOf.x >= 0 && cutStarts.x < 0.0) cutCount.xy = cutOnce;
if (cutStartsOf.y >= 0 && cutStarts.y < 0.0) cutCount.zw = cutOnce;
#elif defined(${y})
gl_FragDepth = gl_FragCoord.z;
int cutCap = -1;
if (!gl_FrontFacing) {
  float cutStart;
  vec3 cutAlong = cutRay(vCutPlace);
  cutCap = cutCapOf(vCutPlace, cutAlong, NUM_CLIPPING_PLANES, cutStart);
  if (cutCap >= 0) gl_FragDepth = cutDepthAt(cutStart * (1.0 - 4e-3), vCutPlace, cutAlong);
}
if (cutCap < 0 && isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#else
if (isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#endif
#endif
`,T=`
#if NUM_CLIPPING_PLANES > 0 && defined(${b})
gl_FragColor = cutCount;
#elif NUM_CLIPPING_PLANES > 0 && defined(${y})
if (cutCap >= 0) gl_FragColor.rgb = cutCaps[cutCap].w > 0.5 ? diffuseColor.rgb : cutCaps[cutCap].rgb;
else if (!gl_FrontFacing) gl_FragColor.rgb = cutFilling(diffuseColor.rgb, gl_FragColor.rgb, NUM_CLIPPING_PLANES);
#endif
`;function E(){let e=f;e.clipping_planes_pars_vertex=x,e.clipping_planes_vertex=S,e.clipping_planes_pars_fragment=C,e.clipping_planes_fragment=w,e.opaque_fragment+=T;let{shadow:t}=d;t.vertexShader=D(t.vertexShader,[`shadowmap_pars_vertex`,`clipping_planes_pars_vertex`],[`project_vertex`,`clipping_planes_vertex`]),t.fragmentShader=D(t.fragmentShader,[`shadowmask_pars_fragment`,`clipping_planes_pars_fragment`],[`logdepthbuf_fragment`,`clipping_planes_fragment`])}function D(e,...t){return t.reduce((e,[t,n])=>e.replace(`#include <${t}>`,`#include <${t}>\n#include <${n}>`),e)}var O=31,k=new l;k.set(31);var A=new n({visible:!1}),j=class{bodies=new WeakMap;counting=new Map;target=null;texture={value:null};viewport=new i;made=0;add(e){let t=this.bodies.get(e);t===void 0&&(t=1+this.made++%O,this.bodies.set(e,t),this.addUniforms(e,t)),this.counting.set(e,M(t))}remove(e){this.counting.get(e)?.dispose(),this.counting.delete(e)}addUniforms(e,t){let{onBeforeCompile:n,customProgramCacheKey:r}=e;e.onBeforeCompile=(r,i)=>{n.call(e,r,i),r.uniforms.cutCounts=this.texture,r.uniforms.cutBody={value:t}};let i=r===o.prototype.customProgramCacheKey;e.customProgramCacheKey=()=>i?n.toString():r.call(e)}draw(e,t,n,r){if(this.counting.size===0)return;let i=e.getRenderTarget();e.getCurrentViewport(this.viewport);let a=this.sized();a.viewport.copy(this.viewport);let o=this.withCounts(r),{shadowMap:c,info:l}=e,u={needsUpdate:c.needsUpdate,autoUpdate:c.autoUpdate},{background:d,onBeforeRender:f}=t,{autoReset:p}=l,{layers:m}=n,h=e.getClearColor(new s),g=e.getClearAlpha();Object.assign(c,{needsUpdate:!1,autoUpdate:!1}),l.autoReset=!1,t.background=null,t.onBeforeRender=()=>{},n.layers=k;try{e.setRenderTarget(a),e.setClearColor(0,0),e.clear(),e.render(t,n)}finally{n.layers=m,t.onBeforeRender=f,t.background=d,l.autoReset=p,Object.assign(c,u),e.setClearColor(h,g),e.setRenderTarget(i),o()}this.texture.value=a.texture}dispose(){for(let e of[...this.counting.keys()])this.remove(e);this.target?.dispose(),this.target=null,this.texture.value=null}withCounts(e){let t=[...e].map(e=>({mesh:e,material:e.material,layers:e.layers}));for(let{mesh:e,material:n}of t)e.material=Array.isArray(n)?n.map(e=>this.countOf(e)):this.countOf(n),e.layers=k;return()=>{for(let{mesh:e,material:n,layers:r}of t)Object.assign(e,{material:n,layers:r})}}countOf(e){let t=this.counting.get(e);return t?(t.clippingPlanes=e.clippingPlanes,t):A}sized(){let{x:t,y:n,z:i,w:o}=this.viewport,{target:s}=this;return s&&s.width>=t+i&&s.height>=n+o?s:(s?.dispose(),this.target=new a(Math.max(t+i,s?.width??0),Math.max(n+o,s?.height??0),{type:r,minFilter:e,magFilter:e,generateMipmaps:!1,depthBuffer:!1}),this.target)}};function M(e){let t=new n({side:2,blending:5,blendEquation:100,blendSrc:201,blendDst:201,depthTest:!1,depthWrite:!1,toneMapped:!1,fog:!1});return t.defines={[b]:``},t.onBeforeCompile=t=>{t.uniforms.cutBody={value:e}},t}var[N,P,F]=[new c,new c,new c],I=new t;function L(e,t){if(e.solid)return!0;if(!e.face||e.instance!==null)return!1;let{mesh:n,vertices:r}=e.face;return R(n)&&z(n,r).dot(N.set(...t))>0}function R({material:e}){return(Array.isArray(e)?e:[e]).every(e=>e.defines!==void 0&&`CUT_CAP`in e.defines)}function z(e,[t,n,r]){let i=e.geometry.getAttribute(`position`);return N.fromBufferAttribute(i,t),P.fromBufferAttribute(i,n).sub(N),F.fromBufferAttribute(i,r).sub(N),P.cross(F).applyMatrix3(I.getNormalMatrix(e.matrixWorld)).clone()}function B(e){let{pose:t,normal:n,half:r,flip:i}=e,a=(e,n)=>{let[r,i,a]=t.rotate(e);return[r,i,a,n-(r*t.px+i*t.py+a*t.pz)]};return n?{planes:[a(i?K(n):n,0)],inverted:!1}:{planes:r.flatMap((e,t)=>{let n=[0,0,0];return n[t]=1,[a(n,e),a(K(n),e)]}),inverted:i}}function V({planes:e,inverted:t},[n,r,i]){return e.every(e=>e[0]*n+e[1]*r+e[2]*i+e[3]>=0)!==t}function H(e,t){let n=[[0,1/0]];for(let r of t){let t=U(e,r.planes);n=n.flatMap(e=>r.inverted?G(e,t):W(e,t))}return n}function U({origin:e,direction:t},n){let r=0,i=1/0;for(let[a,o,s,c]of n){let n=a*e[0]+o*e[1]+s*e[2]+c,l=a*t[0]+o*t[1]+s*t[2];if(l>0)r=Math.max(r,-n/l);else if(l<0)i=Math.min(i,-n/l);else if(n<0)return[0,-1]}return[r,i]}function W(e,t){let n=[Math.max(e[0],t[0]),Math.min(e[1],t[1])];return n[0]<n[1]?[n]:[]}function G(e,t){return t[0]<t[1]?[...W(e,[0,t[0]]),...W(e,[t[1],1/0])]:[e]}function K([e,t,n]){return[-e,-t,-n]}var q=1,J=!1,Y=class{scene;cuts=[];regions=[];masks=[0,0];setsOf=new WeakMap;limited=!1;dressed=new Map;counts=new j;filled=new Set;block=new Uint32Array(v.words);numbers=new Float32Array(this.block.buffer);buffer=null;stale=!0;own=!0;constructor(e){this.scene=e,J||E(),J=!0}flush(e){for(let t of e)t.shown||t.setOver(!1);let t=[...e].filter(e=>e.shown);if(t.sort((e,t)=>e.key<t.key?-1:1),t.forEach((e,t)=>{e.setOver(t>=8)}),t.length===0){this.cuts.length>0&&this.end();return}this.cuts.length===0&&this.begin(),this.cuts=t.slice(0,8);for(let e of this.cuts)e.inRoot&&e.pose.compose(this.scene.tree.root.world,e.inRoot);this.regions=this.cuts.map(B),this.assignSets(),this.write();let n=new Set;this.filled=new Set,this.dressAll(this.scene.scene,q,n);for(let e of this.dressed.keys())n.has(e)||this.undress(e);this.hideLabels()}withoutOwn(e){if(!this.cuts.some(e=>e.inRoot))e();else{this.own=!1,this.write();try{e()}finally{this.own=!0,this.write()}}}cast(e,t,n){let r=e.visual,i=this.cutsOf(r);if(i.length===0)return r.raycast(t,n);let a=i.some(e=>this.cuts[e].cap),o=i.map(e=>this.regions[e]);for(let e of H(t,o)){let i=X(r,t,n,e,a);if(i)return i}return null}dispose(){this.cuts.length>0&&this.end()}begin(){this.scene.scene.onBeforeRender=(e,t,n)=>{this.upload(e),this.counts.draw(e,t,n,this.filled)}}end(){this.cuts=[],this.regions=[],this.assignSets();for(let e of this.dressed.keys())this.undress(e);this.filled.clear(),this.counts.dispose(),this.hideLabels();let{scene:e}=this.scene;e.onBeforeRender=t=>{t.localClippingEnabled=!1,e.onBeforeRender=()=>{}}}assignSets(){let e=this.cuts.some(e=>e.nodes.length>0),t=0;if(this.cuts.forEach((e,n)=>{e.nodes.length===0&&(t|=1<<n)}),this.masks=[0,t],e||this.limited){let e=this.cuts.map(e=>new Set(e.nodes)),n=new Map([[t,q]]);this.assignBelow(this.scene.tree.root,t,e,n)}this.limited=e}assignBelow(e,t,n,r){let i=[[e,t]];for(let e=i.pop();e;e=i.pop()){let[t,a]=e,o=a;n.forEach((e,n)=>{e.has(t.path)&&(o|=1<<n)}),t.visual&&this.assign(t.visual,this.numberOf(o,r));for(let e of t.children.values())i.push([e,o])}}numberOf(e,t){let n=t.get(e);return n===void 0?this.masks.length===64?q:(this.masks.push(e),t.set(e,this.masks.length-1),this.masks.length-1):n}assign(e,t){(this.setsOf.get(e)??q)!==t&&(this.setsOf.set(e,t),e.setCut?.(t===q?void 0:t))}cutsOf(e){if(e.uncut)return[];let t=this.masks[this.setsOf.get(e)??q]??0;return[...this.cuts.keys()].filter(e=>t>>e&1)}dressAll(e,t,n){let r=e.userData.cut??t,{material:i}=e;if(Array.isArray(i))for(let t of i)this.dress(e,t,r,n);else i&&this.dress(e,i,r,n);for(let t of e.children)this.dressAll(t,r,n)}dress(e,t,n,r){let{isShaderMaterial:i,clipping:a}=t;if((e.userData.cutsByElement?1:this.masks[n]??0)===0||i&&!a)return;r.add(t);let o=Q(e.userData.cutsByElement?q:n);t.clippingPlanes!==o&&(t.clippingPlanes=o,t.clipShadows=!0);let s=this.dressed.get(t);s||(s=this.cap(e,t),this.dressed.set(t,s)),s.capped&&this.filled.add(e)}cap(e,t){let{side:n,shadowSide:r}=t,i=n!==1&&!t.transparent&&!t.isShaderMaterial&&!t.wireframe&&e.isMesh&&g(e.geometry);return i&&(t.side=2,t.shadowSide??=1,t.defines={...t.defines,[y]:``},t.needsUpdate=!0,this.counts.add(t)),{side:n,shadowSide:r,capped:i}}undress(e){let{side:t,shadowSide:n,capped:r}=this.dressed.get(e);this.dressed.delete(e),e.clippingPlanes=null,r&&(this.counts.remove(e),e.side=t,e.shadowSide=n,delete e.defines?.[y],e.needsUpdate=!0)}write(){let{block:e,numbers:t}=this,n=e.slice();e.fill(0);let r=this.cuts.reduce((e,t,n)=>t.inRoot?e|1<<n:e,0);this.masks.forEach((t,n)=>{e[v.sets+n]=this.own?t:t&~r}),this.cuts.forEach(({cap:e,capColor:n},r)=>{let{planes:i,inverted:a}=this.regions[r];i.forEach((e,n)=>{t.set(e,v.planes+4*(6*r+n))}),t.set([i.length,Number(a),Number(e)],v.kinds+4*r),t.set([...n??[0,0,0],+!n],v.caps+4*r)}),e.some((e,t)=>e!==n[t])&&(this.stale=!0)}upload(e){e.localClippingEnabled=this.cuts.length>0;let t=e.getContext();this.buffer&&t.isBuffer(this.buffer)||(this.buffer=t.createBuffer(),this.stale=!0),t.bindBufferBase(t.UNIFORM_BUFFER,0,this.buffer),this.stale&&=(t.bufferData(t.UNIFORM_BUFFER,this.block,t.DYNAMIC_DRAW),!1)}hideLabels(){for(let e of this.scene.labels.all){let t=this.masks[e.cut??q]??0,n=[e.x,e.y,e.z];e.setCutAway(this.regions.some((e,r)=>t>>r&1&&!V(e,[...n])))}}};function X(e,t,n,[r,i],a){let o=e.raycast({...t,span:[r,i]},n);if(!o||o.distance>=r&&o.distance<=i)return o;if(o.distance>i)return null;let[s,c]=[t.origin,t.direction],l=[s[0]+c[0]*r,s[1]+c[1]*r,s[2]+c[2]*r],u=e.raycast({origin:l,direction:c,span:[0,i-r]},n);return u?a&&L(u,c)?{...u,distance:r}:u.distance>i-r?null:{...u,distance:u.distance+r}:null}var Z=[];function Q(e){return Z[e]??=Array.from({length:e},()=>new u),Z[e]}export{Y as CutEngine};