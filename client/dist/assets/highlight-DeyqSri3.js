import{Ct as e,H as t,J as n,Kn as r,N as i,Y as a,Zn as o,gr as s,u as c,wt as l}from"./three.core-_iDa_TRn.js";import{n as u,r as d,t as f}from"./bounds-8__y4ivS.js";import{t as p}from"./pose-DL--Ah08.js";import{n as m}from"./view-i5Mf28nD.js";var h=`
uniform vec2 viewport;
uniform float pixelRatio;
in vec3 from;
in vec3 to;
in vec2 side;
in vec4 rowX;
in vec4 rowY;
in vec4 rowZ;
vec4 clipOf(vec3 corner) {
  vec4 p = vec4(corner, 1.0);
  return projectionMatrix * viewMatrix * vec4(dot(rowX, p), dot(rowY, p), dot(rowZ, p), 1.0);
}
void main() {
  vec4 a = clipOf(from);
  vec4 b = clipOf(to);
  // Distances from the near plane: what is before it cannot be projected.
  float da = a.z + a.w;
  float db = b.z + b.w;
  if (!(da > 0.0 || db > 0.0)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec4 a0 = a;
  if (da <= 0.0) a = mix(a0, b, -da / (db - da) + 1e-4);
  else if (db <= 0.0) b = mix(a0, b, da / (da - db) - 1e-4);
  vec2 along = (b.xy / b.w - a.xy / a.w) * viewport;
  float len = length(along);
  vec2 direction = len > 1e-6 ? along / len : vec2(1.0, 0.0);
  vec4 clip = side.x < 0.5 ? a : b;
  vec2 shift = direction * (side.x * 2.0 - 1.0) + vec2(-direction.y, direction.x) * side.y;
  clip.xy += shift * pixelRatio * ${2 .toFixed(1)} / viewport * clip.w;
  // In front of surfaces that the edges lie on.
  clip.z -= 2e-5 * clip.w;
  gl_Position = clip;
}
`,g=`
uniform vec3 color;
out vec4 fragColor;
void main() {
  fragColor = vec4(color, 1.0);
}
`,_=class{mesh;numbers=new Float32Array;buffer=[];constructor({viewport:e,pixelRatio:n},i){let a=new r({glslVersion:t,vertexShader:h,fragmentShader:g,uniforms:{viewport:e,pixelRatio:n,color:{value:i}}});this.mesh=new l(v(),a),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1}setCount(e){let{geometry:t}=this.mesh;t.instanceCount=e,this.mesh.visible=e>0,this.numbers.length!==e*12&&(t.dispose(),this.numbers=new Float32Array(e*12),this.buffer=[`rowX`,`rowY`,`rowZ`].map((r,a)=>{let o=this.numbers.subarray(4*e*a,4*e*(a+1)),s=new n(o,4);return s.setUsage(i),t.setAttribute(r,s),s}))}write(e,t){let{numbers:n}=this,r=n.length/3;for(let i=0;i<3;i++){let a=r*i+4*e;for(let e=0;e<4;e++)n[a+e]=t[4*e+i]}}changed(){for(let e of this.buffer)e.needsUpdate=!0}dispose(){this.mesh.removeFromParent(),this.mesh.geometry.dispose(),this.mesh.material.dispose()}};function v(){let e=[],t=[],n=[],r=[],i=e=>[e&1,e>>1&1,e>>2].map(e=>e-.5);for(let a=0;a<8;a++)for(let o of[1,2,4]){if(a&o)continue;let s=n.length/2;for(let[r,s]of[[0,-1],[0,1],[1,-1],[1,1]])e.push(...i(a)),t.push(...i(a|o)),n.push(r,s);r.push(s,s+2,s+1,s+1,s+2,s+3)}let s=new a;return s.setAttribute(`from`,new c(new Float32Array(e),3)),s.setAttribute(`to`,new c(new Float32Array(t),3)),s.setAttribute(`side`,new c(new Float32Array(n),2)),s.setIndex(r),s.boundingSphere=new o,s.instanceCount=0,s}var y=[.13,.59,1],b=.015,x=1.02,S=1,C=20,w=class{world;requestRender;outline;edges;paths=[];outlined=[];boxed=[];nextSubtrees=0;later;prepare=e=>this.refresh(e);constructor(e,t){this.world=e,this.requestRender=t,this.outline=new m(e.pageOnly,e.frame,y),this.edges=new _(e.frame,y)}show(e){e!==this.paths&&(this.paths=e,this.boxed=[],this.outlined=[],this.outline.show(null),this.edges.mesh.removeFromParent(),clearTimeout(this.later),this.later=void 0,this.nextSubtrees=0,e.length>0?this.world.perFrame.add(this.prepare):this.world.perFrame.delete(this.prepare),this.requestRender())}dispose(){this.show([]),this.outline.dispose(),this.edges.dispose()}refresh(e){this.boxed.length+this.outlined.length===0&&this.arrange(),this.refreshOutlines(),this.refreshBoxes(e)}arrange(){let e=this.paths.flatMap(e=>this.world.tree.get(e)??[]),t=e.length<=32;for(let n of e)t&&A(n).length>0?this.outlined.push(n):this.boxed.push({place:n,props:null,box:null,at:new p,drawn:!1});this.edges.setCount(this.boxed.length),this.boxed.length>0&&this.world.pageOnly.add(this.edges.mesh)}refreshOutlines(){if(this.outlined.length===0)return;let e=this.outlined.flatMap(e=>e.shown?A(e):[]);this.outline.show(e)}refreshBoxes(e){let t=!1,n=!1;for(let r=0;r<this.boxed.length;r++){let i=this.boxed[r],{place:a}=i;if(!a.shown){t=this.hide(r)||t;continue}let o=a.effective?.props??null,s=i.props!==o||i.box===null;if(s&&(i.props=o,i.box=f(a)),!i.box){n=!0;continue}let c=i.box.min.equals(i.box.max);(s||c||!i.drawn||!j(i.at,a.world))&&(i.at.copy(a.world),i.drawn=!0,this.edges.write(r,c?N(a,e):M(i.box,a.world)),t=!0)}n&&(t=this.refreshSubtrees()||t),t&&this.edges.changed()}refreshSubtrees(){let e=performance.now();if(e<this.nextSubtrees)return this.later??=setTimeout(()=>{this.later=void 0,this.requestRender()},this.nextSubtrees-e),!1;for(let e=0;e<this.boxed.length;e++){let{place:t,box:n}=this.boxed[e];if(n||!t.shown)continue;let r=d(t);r?(this.boxed[e].drawn=!0,this.edges.write(e,M(r,T))):this.hide(e)}let t=performance.now()-e;return this.nextSubtrees=t>S?e+t*C:0,!0}hide(e){let t=this.boxed[e];return t.drawn?(t.drawn=!1,this.edges.write(e,E),!0):!1}},T=new p,E=Array(16).fill(0),D=new e,O=new s,k=new s;function A({visual:e}){let t=e?.outline?.(null)??null;return t===null||`segments`in t?[]:`geometry`in t?[t]:t}function j(e,t){return e.px===t.px&&e.py===t.py&&e.pz===t.pz&&e.qx===t.qx&&e.qy===t.qy&&e.qz===t.qz&&e.qw===t.qw}function M(e,t){e.getCenter(O),e.getSize(k);let n=.001*Math.max(k.x,k.y,k.z),r=e=>Math.max(e,n)*x;u(t,D);let i=D.elements;for(let e=0;e<3;e++)i[12+e]+=i[e]*O.x+i[4+e]*O.y+i[8+e]*O.z,i[e]*=r(k.x),i[4+e]*=r(k.y),i[8+e]*=r(k.z);return i}function N({world:e},t){let n=O.setFromMatrixPosition(t.matrixWorld).distanceTo(k.set(e.px,e.py,e.pz)),r=2*b*n;u(e,D);for(let e=0;e<12;e++)e%4<3&&(D.elements[e]*=r);return D.elements}export{w as SelectionHighlight};