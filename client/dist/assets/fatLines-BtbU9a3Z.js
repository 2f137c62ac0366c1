import{Ct as e,H as t,J as n,Kn as r,N as i,X as a,Y as o,Zn as s,et as c,u as l,wt as u}from"./three.core-_iDa_TRn.js";import{a as d,o as f,s as p}from"./surfaces-CX00leap.js";import{t as m}from"./scalars-Da1R5Kt-.js";var h=[0,0,0],g=1e4,_=64;function v(e,t=null,n=3){let r=C(e,n);return r?t&&w(r,t)<=g?t:w(r,h)>g?r:h:t??h}function y(e,t,n=3){if(e===h)return t;let r=t.slice();return b(e,t,r,0,t.length/n,n),r}function b([e,t,n],r,i,a,o,s=3){for(let c=a*s,l=o*s;c+2<l;c+=s)i[c]=r[c]-e,i[c+1]=r[c+1]-t,i[c+2]=r[c+2]-n}function x(e,t){let n=e.matrix.elements;t.every((e,t)=>n[12+t]===e)||(e.matrix.setPosition(...t),e.updateMatrixWorld(!0))}function S(e,[t,n,r]){let i=e.elements;for(let e=0;e<3;e++)i[12+e]+=i[e]*t+i[4+e]*n+i[8+e]*r;return e}function C(e,t){let n=Math.floor(e.length/t),r=Math.min(n,_),i=[[],[],[]];for(let a=0;a<r;a++){let o=Math.floor(a*n/r)*t,[s,c,l]=[e[o],e[o+1],e[o+2]];Number.isFinite(s+c+l)&&(i[0].push(s),i[1].push(c),i[2].push(l))}if(i[0].length===0)return null;let a=e=>e.sort((e,t)=>e-t)[e.length>>1];return[a(i[0]),a(i[1]),a(i[2])]}function w(e,t){return Math.hypot(e[0]-t[0],e[1]-t[1],e[2]-t[2])}var T=class{index=-1;depth=1/0;off;from;to;constructor(e,t,n){this.off=e;let r=E(t,n);this.from=(t.span?.[0]??0)*r,this.to=(t.span?.[1]??1/0)*r}offer(e,t,n){let r=n>0?n:0;r>this.off||r===this.off&&t>=this.depth||t<this.from||t>this.to||(this.index=e,this.depth=t,this.off=r)}hit(e,t,n=this.index){if(this.index<0)return null;let r={distance:this.depth/E(e,t),instance:n};return this.off>0&&(r.off=this.off/t.pixel),r}};function E(e,t){let[n,r,i]=e.direction;return n*t.forward[0]+r*t.forward[1]+i*t.forward[2]}function D(e,t){let[n,r,i]=e.direction,a=E(e,t),o=e=>(n*e[0]+r*e[1]+i*e[2])/a;return[o(t.right),o(t.up)]}function O(e,t,n,r,i){let a=n-e.origin[0],o=r-e.origin[1],s=i-e.origin[2],c=e=>a*e[0]+o*e[1]+s*e[2];return[c(t.right),c(t.up),c(t.forward)]}var k=new e;function A(e,t,n){let[r,i,a]=e.origin,o=e=>[e[0],e[1],e[2],-(e[0]*r+e[1]*i+e[2]*a)];k.set(...o(t.right),...o(t.up),...o(t.forward),0,0,0,1);let s=k.multiply(n).elements,c=e=>[s[e],s[4+e],s[8+e],s[12+e]];return[...c(0),...c(1),...c(2)]}function j(e,t,n,r,i,a){let o=new T(4*r.pixel,n,r),[s,c]=D(n,r),[l,u,d,f,p,m,h,g,_,v,y,b]=t,x=.5*Math.max(i,1)*r.pixel,S=.5*r.pixel;for(let t=0,n=0;n+5<e.length;t++,n+=6){let C=e[n],w=e[n+1],T=e[n+2],E=_*C+v*w+y*T+b,D=l*C+u*w+d*T+f,O=p*C+m*w+h*T+g;C=e[n+3],w=e[n+4],T=e[n+5];let k=_*C+v*w+y*T+b,A=l*C+u*w+d*T+f,j=p*C+m*w+h*T+g;if(!(E>r.near||k>r.near)||!Number.isFinite(E-k+D-A+O-j))continue;if(E<r.near){let e=(r.near-E)/(k-E);D+=(A-D)*e,O+=(j-O)*e,E=r.near}else if(k<r.near){let e=(r.near-k)/(E-k);A+=(D-A)*e,j+=(O-j)*e,k=r.near}D=D/E-s,O=O/E-c;let M=A/k-s-D,N=j/k-c-O,P=M*M+N*N,F=P>0?Math.min(1,Math.max(0,-(D*M+O*N)/P)):0,I=Math.hypot(D+F*M,O+F*N),L=1/((1-F)/E+F/k),R=a===`screen`?x:Math.max(S,.5*i*((1-F)/E+F/k));o.offer(t,L,I-R)}return o}var M=7,N=`${f}
uniform vec2 viewport;
uniform float pixelRatio;
uniform float thickness;
uniform bool worldUnits;
uniform float rim;
uniform vec3 uniformColor;
in float along;
in vec2 offset;
in vec3 segmentStart;
in vec3 segmentEnd;
#ifdef SEGMENT_COLORS
in vec4 colorStart;
in vec4 colorEnd;
#endif
#ifdef SCALARS
in vec2 scalar;
out vec2 vScalar;
${m}
#endif
out vec3 vColor;

void main() {
  vec4 a = modelViewMatrix * vec4(segmentStart, 1.0);
  vec4 b = modelViewMatrix * vec4(segmentEnd, 1.0);
  vColor = uniformColor;
  #ifdef SEGMENT_COLORS
  vColor = mix(colorStart.rgb, colorEnd.rgb, along);
  #endif
  #ifdef SCALARS
  // The number is interpolated, and without one that end's color.
  float here = along < 0.5 ? scalar.x : scalar.y;
  bool none = !isScalar(here);
  vScalar = vec2(none ? 1.0 : here, none ? 1.0 : 0.0);
  #endif
  // Segments that are not finite or entirely behind the camera are left out.
  bool bad = any(isnan(a)) || any(isnan(b)) || any(isinf(a)) || any(isinf(b));
  // With parallel rays nothing is behind the camera.
  float near = projectionMatrix[3][3] == 1.0 ? -1e30 : projectionMatrix[3][2] / (projectionMatrix[2][2] - 1.0);
  bool behind = a.z > -near && b.z > -near;
  if (bad || behind) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  // Clips the part behind the camera: it cannot be projected.
  if (a.z > -near) a = mix(a, b, (-near - a.z) / (b.z - a.z));
  else if (b.z > -near) b = mix(b, a, (-near - b.z) / (a.z - b.z));

  setFogDepth(along < 0.5 ? a : b);
  vec4 clipA = projectionMatrix * a;
  vec4 clipB = projectionMatrix * b;
  vec2 onScreen = (clipB.xy / clipB.w - clipA.xy / clipA.w) * viewport;
  float len = length(onScreen);
  vec2 direction = len > 1e-6 ? onScreen / len : vec2(1.0, 0.0);
  vec4 clip = along < 0.5 ? clipA : clipB;
  float pixels = worldUnits
    ? thickness * projectionMatrix[1][1] * viewport.y * 0.5 / clip.w
    : thickness * pixelRatio;
  // Lines thinner than a pixel would break up into dots.
  float halfWidth = 0.5 * max(pixels, 1.0) + rim * pixelRatio;
  vec2 shift = direction * offset.x + vec2(-direction.y, direction.x) * offset.y;
  clip.xy += shift * halfWidth * 2.0 / viewport * clip.w;
  gl_Position = clip;
}
`,P=`${d}
uniform float opacity;
in vec3 vColor;
#ifdef SCALARS
in vec2 vScalar;
${m}
#endif
out vec4 fragColor;
void main() {
  #ifdef SCALARS
  vec4 byScalar = vScalar.y > 0.5 ? scalarNan : scalarColor(vScalar.x);
  if (byScalar.a < 0.5) discard;
  fragColor = vec4(inFog(byScalar.rgb), opacity);
  return;
  #endif
  // Colors are sRGB and unlit: written unchanged.
  fragColor = vec4(inFog(vColor), opacity);
}
`;function F(){let e=new Float32Array(14),t=new Float32Array(28);for(let n=0;n<14;n++){let r=+(n<M),i=n%M,a=(r?-.5:.5)*Math.PI+i/6*Math.PI;e[n]=r,t[2*n]=Math.cos(a),t[2*n+1]=Math.sin(a)}let n=new Uint16Array(36);for(let e=0;e<12;e++)n.set([0,e+1,e+2],e*3);return{along:e,offset:t,index:n}}var I=F(),L=class{mesh;points=null;origin=h;colors=null;constructor(e){let n=new r({glslVersion:t,vertexShader:N,fragmentShader:P,fog:!0,clipping:!0,uniforms:{...p(),viewport:e.viewport,pixelRatio:e.pixelRatio,thickness:{value:1},worldUnits:{value:!1},rim:{value:0},uniformColor:{value:[0,0,0]},opacity:{value:1}}});this.mesh=new u(this.makeGeometry(),n),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1}setPoints(e,t=h){this.origin=t,x(this.mesh,t);let n=Math.floor(e.length/6);if(this.points&&this.points.array.length===e.length){this.points.array=e,this.points.needsUpdate=!0;return}let r=this.colors;this.mesh.geometry.dispose(),this.mesh.geometry=this.makeGeometry(),this.points=new a(e,6,1),this.points.setUsage(i);let o=this.mesh.geometry;o.setAttribute(`segmentStart`,new c(this.points,3,0)),o.setAttribute(`segmentEnd`,new c(this.points,3,3)),o.instanceCount=n,this.mesh.visible=n>0,this.colors=null,r&&r.count===n?this.bindColors(r.array):this.colorBySegment(!1)}setColor(e){this.mesh.material.uniforms.uniformColor.value=e,this.colorBySegment(!1)}setColors(e){let t=this.mesh.geometry.instanceCount,n=this.colors?.count===t?this.colors.array:null,r=n??new Uint8Array(t*8);for(let n=0,i=0;n<t*2;n++,i+=3)r[4*n]=e[i],r[4*n+1]=e[i+1],r[4*n+2]=e[i+2],r[4*n+3]=255;n?this.colors.needsUpdate=!0:this.bindColors(r),this.colorBySegment(!0)}setScalars(e,t){let{geometry:r,material:a}=this.mesh,o=e!==null;if(e){let t=r.getAttribute(`scalar`);if(t?.array.length===e.length)t.array=e,t.needsUpdate=!0;else{let t=new n(e,2);t.setUsage(i),r.setAttribute(`scalar`,t)}}o!==`SCALARS`in a.defines&&(o?(Object.assign(a.uniforms,t.uniforms),a.defines.SCALARS=``):delete a.defines.SCALARS,a.needsUpdate=!0)}pick(e,t,n){let{value:r,units:i}=this.thickness();return j(this.points?.array??new Float32Array,A(e,t,S(n.clone(),this.origin)),e,t,r,i)}setThickness({value:e,units:t}){let n=this.mesh.material.uniforms;n.thickness.value=e,n.worldUnits.value=t===`world`}thickness(){let e=this.mesh.material.uniforms;return{value:e.thickness.value,units:e.worldUnits.value?`world`:`screen`}}setRim(e){let{material:t}=this.mesh;t.uniforms.rim.value=e,t.polygonOffset=!0,t.polygonOffsetFactor=4,t.polygonOffsetUnits=16}takeThickness(e){let t=Number(e.thickness),n=Number.isFinite(t)&&t>=0,r=e.thickness_units===`screen`?`screen`:`world`;return this.setThickness({value:n?t:1,units:r}),n?null:`its thickness must be a finite number, 0 or more`}dispose(){this.mesh.removeFromParent(),this.mesh.geometry.dispose(),this.mesh.material.dispose()}bindColors(e){this.colors=new a(e,8,1),this.colors.setUsage(i);let t=this.mesh.geometry;t.setAttribute(`colorStart`,new c(this.colors,4,0,!0)),t.setAttribute(`colorEnd`,new c(this.colors,4,4,!0)),this.colorBySegment(!0)}colorBySegment(e){let t=this.mesh.material;e!==`SEGMENT_COLORS`in t.defines&&(e?t.defines.SEGMENT_COLORS=``:delete t.defines.SEGMENT_COLORS,t.needsUpdate=!0)}makeGeometry(){let e=new o;return e.setAttribute(`along`,new l(I.along,1)),e.setAttribute(`offset`,new l(I.offset,2)),e.setIndex(new l(I.index,1)),e.boundingSphere=new s,e.instanceCount=0,e}};export{O as a,h as c,x as d,S as f,A as i,v as l,T as n,j as o,b as p,E as r,D as s,L as t,y as u};