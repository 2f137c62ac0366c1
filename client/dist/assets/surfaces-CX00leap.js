import{At as e,E as t,Fn as n,Mt as r,Tt as i,g as a,kt as o}from"./three.core-_iDa_TRn.js";import{i as s}from"./scalars-Da1R5Kt-.js";function c(){return{fogColor:{value:new a},fogNear:{value:0},fogFar:{value:1}}}var l=`
#ifdef USE_FOG
out float vFogDepth;
#endif
#include <clipping_planes_pars_vertex>
void setFogDepth(vec4 view) {
  vec4 mvPosition = view;
  #include <clipping_planes_vertex>
  #ifdef USE_FOG
  vFogDepth = -view.z;
  #endif
}
`,u=`
#ifdef USE_FOG
uniform vec3 fogColor;
uniform float fogNear;
uniform float fogFar;
in float vFogDepth;
#endif
#include <clipping_planes_pars_fragment>
vec3 inFog(vec3 color) {
  #include <clipping_planes_fragment>
  #ifdef USE_FOG
  color = mix(color, fogColor, smoothstep(fogNear, fogFar, vFogDepth));
  #endif
  return color;
}
`;function d(e){let t=[e.flat,e.wireframe,e.vertexColors,e.blend===!0,e.each===!0,e.unlit===!0,(e.scalars??null)!==null];return`${e.material} ${e.side} ${e.opacity} ${t.map(Number).join(``)} ${e.cut??``}`}var f={front:0,back:1,double:2},p={toon3:[40,140,255],toon5:[30,86,143,199,255]},m=class{shared=new Map;steps=new Map;acquire(e,t){let n=this.shared.get(e);return n||(n={material:this.make(t),users:0},this.shared.set(e,n)),n.users++,n.material}release(e){let t=this.shared.get(e);!t||--t.users>0||(t.material.dispose(),this.shared.delete(e),this.shared.size===0&&this.freeSteps())}make(e){let t=this.makePlain(e);return e.each&&h(t),e.scalars&&s(t,e.scalars),t}makePlain(t){let n=t.opacity<1||t.blend===!0||t.each===!0,r={side:f[t.side]??0,wireframe:t.wireframe,vertexColors:t.vertexColors,transparent:n,opacity:t.opacity,depthWrite:!n};if(t.unlit)return new i({...r,toneMapped:!1});let a=t.material===`standard`?void 0:p[t.material];if(a){let n=new e({...r,gradientMap:this.stepTexture(t.material,a)});return n.flatShading=t.flat,n}return new o({...r,flatShading:t.flat,roughness:.42,metalness:0})}dispose(){for(let{material:e}of this.shared.values())e.dispose();this.shared.clear(),this.freeSteps()}stepTexture(e,i){let a=this.steps.get(e);return a||(a=new t(new Uint8Array(i),i.length,1,n),a.minFilter=a.magFilter=r,a.generateMipmaps=!1,a.unpackAlignment=1,a.needsUpdate=!0,this.steps.set(e,a)),a}freeSteps(){for(let e of this.steps.values())e.dispose();this.steps.clear()}};function h(e){e.onBeforeCompile=e=>{e.vertexShader=e.vertexShader.replace(`void main() {`,`attribute float instanceOpacity;
varying float vInstanceOpacity;
void main() {
  vInstanceOpacity = instanceOpacity;`),e.fragmentShader=e.fragmentShader.replace(`void main() {`,`varying float vInstanceOpacity;
void main() {`).replace(`#include <color_fragment>`,`#include <color_fragment>
  diffuseColor.a *= vInstanceOpacity;`)},e.customProgramCacheKey=()=>`instance opacity`}function g(e,t=[0,0,0]){for(let n=0;n<3;n++){let r=Array.isArray(e)||ArrayBuffer.isView(e)?Number(e[n]):0,i=Math.min(1,Math.max(0,(Number.isFinite(r)?r:0)/255));t[n]=i<=.04045?i/12.92:((i+.055)/1.055)**2.4}return t}function _(e){let t=t=>{let n=Array.isArray(e)||ArrayBuffer.isView(e)?Number(e[t]):0;return Math.min(1,Math.max(0,(Number.isFinite(n)?n:0)/255))};return[t(0),t(1),t(2)]}export{u as a,d as i,g as n,l as o,_ as r,c as s,m as t};