import{zt as e}from"./three.core-_iDa_TRn.js";import{n as t,t as n}from"./three.module-BecDQDFQ.js";var r=4e6,i=.001,a=new WeakMap;function o(e){let t=e.getIndex()?.array??e.getAttribute(`position`),n=e.getIndex()?.count??0,r=a.get(e);if(r&&r.of===t&&r.count===n)return r.closed;let i=s(e);return a.set(e,{of:t,count:n,closed:i}),i}function s(e){let t=e.getAttribute(`position`);if(!t)return!1;let n=e.getIndex(),a=n?.count??t.count;if(a<12||a>3*r)return!1;let o=e=>n?n.getX(e):e,[s,c,l]=[t.getX(o(0)),t.getY(o(0)),t.getZ(o(0))],u=new Float64Array(9),d=[0,0,0],f=0,p=0,m=new Float64Array(9);for(let e=0;e+2<a;e+=3){for(let n=0;n<3;n++){let r=o(e+n);m[3*n]=t.getX(r)-s,m[3*n+1]=t.getY(r)-c,m[3*n+2]=t.getZ(r)-l}let[n,r,i]=[m[3]-m[0],m[4]-m[1],m[5]-m[2]],[a,h,g]=[m[6]-m[0],m[7]-m[1],m[8]-m[2]],_=[(r*g-i*h)/2,(i*a-n*g)/2,(n*h-r*a)/2],v=Math.hypot(_[0],_[1],_[2]);if(!Number.isFinite(v))continue;let y=[0,1,2].map(e=>(m[e]+m[3+e]+m[6+e])/3);for(let e=0;e<3;e++){for(let t=0;t<3;t++)u[3*e+t]+=y[e]*_[t];d[e]+=_[e]}f+=v,p+=v*Math.hypot(y[0],y[1],y[2])}let h=(u[0]+u[4]+u[8])/3,g=i*p;return!(h>g)||Math.hypot(d[0],d[1],d[2])>i*f?!1:u.every((e,t)=>Math.abs(e-(t%4==0?h:0))<=g)}function c(e){let{pose:t,normal:n,half:r,flip:i}=e,a=(e,n)=>{let[r,i,a]=t.rotate(e);return[r,i,a,n-(r*t.px+i*t.py+a*t.pz)]};return n?{planes:[a(i?m(n):n,0)],inverted:!1}:{planes:r.flatMap((e,t)=>{let n=[0,0,0];return n[t]=1,[a(n,e),a(m(n),e)]}),inverted:i}}function l({planes:e,inverted:t},[n,r,i]){return e.every(e=>e[0]*n+e[1]*r+e[2]*i+e[3]>=0)!==t}function u(e,t){let n=[[0,1/0]];for(let r of t){let t=d(e,r.planes);n=n.flatMap(e=>r.inverted?p(e,t):f(e,t))}return n}function d({origin:e,direction:t},n){let r=0,i=1/0;for(let[a,o,s,c]of n){let n=a*e[0]+o*e[1]+s*e[2]+c,l=a*t[0]+o*t[1]+s*t[2];if(l>0)r=Math.max(r,-n/l);else if(l<0)i=Math.min(i,-n/l);else if(n<0)return[0,-1]}return[r,i]}function f(e,t){let n=[Math.max(e[0],t[0]),Math.min(e[1],t[1])];return n[0]<n[1]?[n]:[]}function p(e,t){return t[0]<t[1]?[...f(e,[0,t[0]]),...f(e,[t[1],1/0])]:[e]}function m([e,t,n]){return[-e,-t,-n]}var h={sets:0,planes:64,kinds:256,caps:288,words:320},g=`CUT_CAP`,_=`
#if NUM_CLIPPING_PLANES > 0
varying vec3 vCutPlace;
#endif
`,v=`
#if NUM_CLIPPING_PLANES > 0
vCutPlace = (inverse(viewMatrix) * vec4(mvPosition.xyz, 1.0)).xyz;
#endif
`,y=`${_}
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
#endif
`,b=`
#if NUM_CLIPPING_PLANES > 0
if (isCutAway(vCutPlace, NUM_CLIPPING_PLANES)) discard;
#endif
`,x=`
#if NUM_CLIPPING_PLANES > 0 && defined(${g})
if (!gl_FrontFacing) gl_FragColor.rgb = cutFilling(diffuseColor.rgb, gl_FragColor.rgb, NUM_CLIPPING_PLANES);
#endif
`;function S(){let e=n;e.clipping_planes_pars_vertex=_,e.clipping_planes_vertex=v,e.clipping_planes_pars_fragment=y,e.clipping_planes_fragment=b,e.opaque_fragment+=x;let{shadow:r}=t;r.vertexShader=C(r.vertexShader,[`shadowmap_pars_vertex`,`clipping_planes_pars_vertex`],[`project_vertex`,`clipping_planes_vertex`]),r.fragmentShader=C(r.fragmentShader,[`shadowmask_pars_fragment`,`clipping_planes_pars_fragment`],[`logdepthbuf_fragment`,`clipping_planes_fragment`])}function C(e,...t){return t.reduce((e,[t,n])=>e.replace(`#include <${t}>`,`#include <${t}>\n#include <${n}>`),e)}var w=1,T=!1,E=class{scene;cuts=[];regions=[];masks=[0,0];setsOf=new WeakMap;limited=!1;dressed=new Map;block=new Uint32Array(h.words);numbers=new Float32Array(this.block.buffer);buffer=null;stale=!0;own=!0;constructor(e){this.scene=e,T||S(),T=!0}flush(e){let t=[...e].filter(e=>e.shown);if(t.length===0){this.cuts.length>0&&this.end();return}this.cuts.length===0&&this.begin(),this.cuts=t.sort((e,t)=>e.key<t.key?-1:1).slice(0,8);for(let e of this.cuts)e.inRoot&&e.pose.compose(this.scene.tree.root.world,e.inRoot);this.regions=this.cuts.map(c),this.assignSets(),this.write();let n=new Set;this.dressAll(this.scene.scene,w,n);for(let e of this.dressed.keys())n.has(e)||this.undress(e);this.hideLabels()}withoutOwn(e){if(!this.cuts.some(e=>e.inRoot))e();else{this.own=!1,this.write();try{e()}finally{this.own=!0,this.write()}}}cast(e,t,n){let r=e.visual,i=this.regionsOf(r);if(i.length===0)return r.raycast(t,n);for(let e of u(t,i)){let i=D(r,t,n,e);if(i)return i}return null}dispose(){this.cuts.length>0&&this.end()}begin(){this.scene.scene.onBeforeRender=e=>this.upload(e)}end(){this.cuts=[],this.regions=[],this.assignSets();for(let e of this.dressed.keys())this.undress(e);this.hideLabels();let{scene:e}=this.scene;e.onBeforeRender=t=>{t.localClippingEnabled=!1,e.onBeforeRender=()=>{}}}assignSets(){let e=this.cuts.some(e=>e.nodes.length>0),t=0;if(this.cuts.forEach((e,n)=>{e.nodes.length===0&&(t|=1<<n)}),this.masks=[0,t],e||this.limited){let e=this.cuts.map(e=>new Set(e.nodes)),n=new Map([[t,w]]);this.assignBelow(this.scene.tree.root,t,e,n)}this.limited=e}assignBelow(e,t,n,r){let i=[[e,t]];for(let e=i.pop();e;e=i.pop()){let[t,a]=e,o=a;n.forEach((e,n)=>{e.has(t.path)&&(o|=1<<n)}),t.visual&&this.assign(t.visual,this.numberOf(o,r));for(let e of t.children.values())i.push([e,o])}}numberOf(e,t){let n=t.get(e);return n===void 0?this.masks.length===64?w:(this.masks.push(e),t.set(e,this.masks.length-1),this.masks.length-1):n}assign(e,t){(this.setsOf.get(e)??w)!==t&&(this.setsOf.set(e,t),e.setCut?.(t===w?void 0:t))}regionsOf(e){if(e.uncut)return[];let t=this.masks[this.setsOf.get(e)??w]??0;return this.regions.filter((e,n)=>t>>n&1)}dressAll(e,t,n){let r=e.userData.cut??t,{material:i}=e;if(Array.isArray(i))for(let t of i)this.dress(e,t,r,n);else i&&this.dress(e,i,r,n);for(let t of e.children)this.dressAll(t,r,n)}dress(e,t,n,r){let{isShaderMaterial:i,clipping:a}=t;if((e.userData.cutsByElement?1:this.masks[n]??0)===0||i&&!a)return;r.add(t);let o=k(e.userData.cutsByElement?w:n);t.clippingPlanes!==o&&(t.clippingPlanes=o,t.clipShadows=!0),this.dressed.has(t)||this.dressed.set(t,this.cap(e,t))}cap(e,t){let{side:n,shadowSide:r}=t,i=n===0&&!t.transparent&&!t.isShaderMaterial&&!t.wireframe&&e.isMesh&&o(e.geometry);return i&&(t.side=2,t.shadowSide??=1,t.defines={...t.defines,[g]:``},t.needsUpdate=!0),{side:n,shadowSide:r,capped:i}}undress(e){let{side:t,shadowSide:n,capped:r}=this.dressed.get(e);this.dressed.delete(e),e.clippingPlanes=null,r&&(e.side=t,e.shadowSide=n,delete e.defines?.[g],e.needsUpdate=!0)}write(){let{block:e,numbers:t}=this,n=e.slice();e.fill(0);let r=this.cuts.reduce((e,t,n)=>t.inRoot?e|1<<n:e,0);this.masks.forEach((t,n)=>{e[h.sets+n]=this.own?t:t&~r}),this.cuts.forEach(({cap:e,capColor:n},r)=>{let{planes:i,inverted:a}=this.regions[r];i.forEach((e,n)=>{t.set(e,h.planes+4*(6*r+n))}),t.set([i.length,Number(a),Number(e)],h.kinds+4*r),t.set([...n??[0,0,0],+!n],h.caps+4*r)}),e.some((e,t)=>e!==n[t])&&(this.stale=!0)}upload(e){e.localClippingEnabled=this.cuts.length>0;let t=e.getContext();this.buffer&&t.isBuffer(this.buffer)||(this.buffer=t.createBuffer(),this.stale=!0),t.bindBufferBase(t.UNIFORM_BUFFER,0,this.buffer),this.stale&&=(t.bufferData(t.UNIFORM_BUFFER,this.block,t.DYNAMIC_DRAW),!1)}hideLabels(){for(let e of this.scene.labels.all){let t=this.masks[e.cut??w]??0,n=[e.x,e.y,e.z];e.setCutAway(this.regions.some((e,r)=>t>>r&1&&!l(e,[...n])))}}};function D(e,t,n,[r,i]){let a=e.raycast({...t,span:[r,i]},n);if(!a||a.distance>=r&&a.distance<=i)return a;if(a.distance>i)return null;let[o,s]=[t.origin,t.direction],c=[o[0]+s[0]*r,o[1]+s[1]*r,o[2]+s[2]*r],l=e.raycast({origin:c,direction:s,span:[0,i-r]},n);return!l||l.distance>i-r?null:{...l,distance:l.distance+r}}var O=[];function k(t){return O[t]??=Array.from({length:t},()=>new e),O[t]}export{E as CutEngine};