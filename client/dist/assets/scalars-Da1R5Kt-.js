import{E as e,J as t,N as n,Un as r,u as i}from"./three.core-_iDa_TRn.js";var a=2048,o=new Uint8Array([0,0,0,255,255,255]);function s(e){let t=e??{},n=e=>typeof e==`string`?e:``,r=t.colors instanceof Uint8Array&&t.colors.length>=3?t.colors:o,i=Math.min(a,Math.floor(r.length/3)),s=Array.isArray(t.nan)&&t.nan.length===3?t.nan.map(Number):[128,128,128];return{map:n(t.map),colors:r.length===3*i?r:r.subarray(0,3*i),log:t.log===!0,categories:t.categories===!0,names:Array.isArray(t.names)?t.names.map(n):[],nan:s,hideNan:t.hide_nan===!0,corners:t.corners===!0,label:n(t.label),unit:n(t.unit),noBar:t.no_bar===!0}}function c(e){return Array.isArray(e)&&e.length===2&&e.every(Number.isFinite)?e:[0,1]}function l(e,t,n){let r=t.colors.length/3;if(Number.isNaN(e)||t.log&&!(e>0))return-1;if(t.categories){let t=Math.floor(e+.5);return Number.isFinite(t)?t-r*Math.floor(t/r):-1}let[i,a]=t.log?n.map(Math.log):n,o=t.log?Math.log(e):e,s=a/2-i/2,c=s===0?Number(o>i):(o/2-i/2)/s;return Math.min(r-1,Math.floor(Math.min(1,Math.max(0,c))*r))}var u=[`scalars`,`scalars_range`,`scalars_look`];function d(e){return e.scalars instanceof Float32Array?e.scalars:null}function f(e){return e!==null&&e.size>0&&[...e].every(e=>p.has(e))}var p=new Set([`scalars_range`,`scalars_look`]);function m(e,t){if(e.length===t)return e;let n=new Float32Array(t).fill(NaN);return n.set(e.subarray(0,t)),n}var h=`
uniform sampler2D scalarMap;
uniform vec4 scalarEnds;
uniform vec4 scalarNan;
bool isScalar(float v) {
  return (floatBitsToUint(v) & 0x7fffffffu) <= 0x7f800000u && !(scalarEnds.w == 1.0 && v <= 0.0);
}
// In a range of one number, those that differ by interpolation only have the color of that number.
vec4 scalarColor(float v) {
  if (!isScalar(v)) return scalarNan;
  float n = scalarEnds.z;
  float i;
  if (scalarEnds.w == 2.0) {
    if (abs(v) > 1e30) return scalarNan;
    float whole = floor(v + 0.5);
    i = whole - n * floor(whole / n);
  } else {
    float x = scalarEnds.w == 1.0 ? log(v) : v;
    float t = scalarEnds.y == 0.0 ? float(x - 2.0 * scalarEnds.x > 1e-5 * abs(x)) : (x * 0.5 - scalarEnds.x) / scalarEnds.y;
    i = floor(clamp(t, 0.0, 1.0) * n);
  }
  return vec4(texelFetch(scalarMap, ivec2(int(clamp(i, 0.0, n - 1.0)), 0), 0).rgb, 1.0);
}
`,g=class{lit;uniforms={scalarMap:{value:null},scalarEnds:{value:[0,0,1,0]},scalarNan:{value:[.5,.5,.5,1]}};colors=null;constructor(e){this.lit=e}set(e){let t=s(e.scalars_look),n=this.uniforms;t.colors!==this.colors&&(this.colors=t.colors,n.scalarMap.value?.dispose(),n.scalarMap.value=v(t.colors,this.lit));let[r,i]=_(c(e.scalars_range),t.log);n.scalarEnds.value=[r,i,t.colors.length/3,t.categories?2:+!!t.log];let a=e=>e<=.04045?e/12.92:((e+.055)/1.055)**2.4,[o,l,u]=t.nan.map(e=>this.lit?a(e/255):e/255);return n.scalarNan.value=[o,l,u,+!t.hideNan],t}dispose(){this.uniforms.scalarMap.value?.dispose(),this.uniforms.scalarMap.value=null,this.colors=null}};function _([e,t],n){let[r,i]=n?[Math.log(e),Math.log(t)]:[e,t],a=i/2-r/2;return Number.isFinite(a)?[r/2,a]:[0,0]}function v(t,n){let i=t.length/3,a=new Uint8Array(4*i).fill(255);for(let e=0;e<i;e++)a.set(t.subarray(3*e,3*e+3),4*e);let o=new e(a,i,1);return o.colorSpace=n?r:``,o.needsUpdate=!0,o}var y=new WeakSet;function b(e,t){if(y.has(e))return e;y.add(e);let n=e.onBeforeCompile,r=e.customProgramCacheKey.bind(e);return e.onBeforeCompile=(r,i)=>{n.call(e,r,i),Object.assign(r.uniforms,t.uniforms),r.vertexShader=r.vertexShader.replace(`void main() {`,`attribute float scalar;
varying float vScalar;
varying float vNoScalar;
uniform vec4 scalarEnds;
void main() {
  bool none = (floatBitsToUint(scalar) & 0x7fffffffu) > 0x7f800000u || (scalarEnds.w == 1.0 && scalar <= 0.0);
  vNoScalar = none ? 1.0 : 0.0;
  vScalar = none ? 1.0 : scalar;`),r.fragmentShader=r.fragmentShader.replace(`void main() {`,`varying float vScalar;\nvarying float vNoScalar;\n${h}\nvoid main() {`).replace(`#include <color_fragment>`,`#include <color_fragment>
  vec4 byScalar = vNoScalar > 0.0 ? scalarNan : scalarColor(vScalar);
  if (byScalar.a < 0.5) discard;
  diffuseColor.rgb = byScalar.rgb;`)},e.customProgramCacheKey=()=>`${r()} scalars`,e.needsUpdate=!0,e}function x(e,r,a=!1){let o=e.getAttribute(`scalar`);if(o&&o.array.length===r.length){o.array=r,o.needsUpdate=!0;return}let s=new(a?t:i)(r,1);s.setUsage(n),o&&e.dispose(),e.setAttribute(`scalar`,s)}export{f as a,x as c,c as d,b as i,l,u as n,m as o,g as r,d as s,h as t,s as u};