import{H as e,Kn as t,N as n,X as r,Y as i,Zn as a,et as o,gr as s,u as c,wt as l}from"./three.core-_iDa_TRn.js";import{r as u,t as d}from"./bounds-BELTl1Uc.js";import{t as f}from"./pose-DL--Ah08.js";import{n as p}from"./view-D_gc4lMs.js";var m=7,h=6,g=`
uniform vec2 viewport;
uniform float pixelRatio;
in vec3 from;
in vec3 to;
in vec2 side;
in vec3 place;
in vec4 turn;
in vec3 center;
in vec3 size;
vec4 clipOf(vec3 corner) {
  vec3 p = center + corner * size;
  vec3 t = 2.0 * cross(turn.xyz, p);
  return projectionMatrix * viewMatrix * vec4(p + turn.w * t + cross(turn.xyz, t) + place, 1.0);
}
void main() {
  if (size == vec3(0.0)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
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
`,_=`
uniform vec3 color;
out vec4 fragColor;
void main() {
  fragColor = vec4(color, 1.0);
}
`,v=class{width;numbers;buffer;constructor(e,t,i,a){this.width=i,this.numbers=new Float32Array(t*i),this.buffer=new r(this.numbers,i),this.buffer.setUsage(n);let s=0;for(let[t,n]of a)e.setAttribute(t,new o(this.buffer,n,s)),s+=n}set(e,t,n){let{numbers:r}=this,i=e*this.width+t,a=Math.fround(n);return r[i]!==a&&(r[i]=a,!0)}changed(){this.buffer.needsUpdate=!0}},y=class{mesh;count=0;poses=null;boxes=null;constructor({viewport:n,pixelRatio:r},i){let a=new t({glslVersion:e,vertexShader:g,fragmentShader:_,uniforms:{viewport:n,pixelRatio:r,color:{value:i}}});this.mesh=new l(x(),a),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1}setCount(e){let{geometry:t}=this.mesh;this.count>0&&t.dispose(),this.count=e,t.instanceCount=e,this.mesh.visible=e>0,this.poses=this.boxes=null,e!==0&&(this.poses=new v(t,e,m,[[`place`,3],[`turn`,4]]),this.boxes=new v(t,e,h,[[`center`,3],[`size`,3]]))}setPose(e,t){let{numbers:n}=this.poses,r=e*m;(n[r]!==Math.fround(t.px)||n[r+1]!==Math.fround(t.py)||n[r+2]!==Math.fround(t.pz)||n[r+3]!==Math.fround(t.qx)||n[r+4]!==Math.fround(t.qy)||n[r+5]!==Math.fround(t.qz)||n[r+6]!==Math.fround(t.qw))&&(n[r]=t.px,n[r+1]=t.py,n[r+2]=t.pz,n[r+3]=t.qx,n[r+4]=t.qy,n[r+5]=t.qz,n[r+6]=t.qw,this.poses.changed())}setBox(e,t,n){let{x:r,y:i,z:a}=t,o=[r,i,a,n.x,n.y,n.z],s=this.boxes,c=!1;for(let t=0;t<h;t++)c=s.set(e,t,o[t])||c;c&&s.changed()}hide(e){this.setBox(e,b,b)}dispose(){this.mesh.removeFromParent(),this.mesh.geometry.dispose(),this.mesh.material.dispose()}},b={x:0,y:0,z:0};function x(){let e=[],t=[],n=[],r=[],o=e=>[e&1,e>>1&1,e>>2].map(e=>e-.5);for(let i=0;i<8;i++)for(let a of[1,2,4]){if(i&a)continue;let s=n.length/2;for(let[r,s]of[[0,-1],[0,1],[1,-1],[1,1]])e.push(...o(i)),t.push(...o(i|a)),n.push(r,s);r.push(s,s+2,s+1,s+1,s+2,s+3)}let s=new i;return s.setAttribute(`from`,new c(new Float32Array(e),3)),s.setAttribute(`to`,new c(new Float32Array(t),3)),s.setAttribute(`side`,new c(new Float32Array(n),2)),s.setIndex(r),s.boundingSphere=new a,s.instanceCount=0,s}var S=[.13,.59,1],C=.015,w=1.02,T=1,E=20,D=class{world;requestRender;outline;edges;paths=[];outlined=[];unknown=[];boxed=[];nextSubtrees=0;later;places=[];frame=-1;prepare=e=>this.refresh(e);constructor(e,t){this.world=e,this.requestRender=t,this.outline=new p(e.pageOnly,e.frame,S),this.edges=new y(e.frame,S)}show(e){e!==this.paths&&(this.paths=e,this.boxed=[],this.outlined=[],this.unknown=e.flatMap(e=>this.world.tree.get(e)??[]),this.outline.show(null),this.edges.mesh.removeFromParent(),this.edges.setCount(0),clearTimeout(this.later),this.later=void 0,this.nextSubtrees=0,e.length>0?this.world.perFrame.add(this.prepare):this.world.perFrame.delete(this.prepare),this.requestRender())}dispose(){this.show([]),this.outline.dispose(),this.edges.dispose()}refresh(e){this.unknown.length>0&&this.arrange(),this.refreshOutlines();let{frames:t,hasVeil:n}=this.world;(this.frame!==t||n)&&this.refreshBoxes(),this.frame=t;for(let t of this.places)this.drawPlace(t,e)}arrange(){let e=this.paths.length<=32,t=this.unknown.filter(e=>!e.veiled);this.unknown=this.unknown.filter(e=>e.veiled);for(let n of t)e&&j(n).length>0?this.outlined.push(n):this.boxed.push({place:n,props:null,box:null,small:!1,drawn:!1});if(this.boxed.length!==0){for(let e of this.boxed)e.drawn=!1;this.edges.setCount(this.boxed.length),this.world.pageOnly.add(this.edges.mesh)}}refreshOutlines(){if(this.outlined.length===0)return;let e=this.outlined.flatMap(e=>e.shown&&!e.veiled?j(e):[]);this.outline.show(e)}refreshBoxes(){let e=!1;this.places=[];for(let t=0;t<this.boxed.length;t++){let n=this.boxed[t],{place:r}=n;if(!r.shown||r.veiled){this.hide(t);continue}let i=r.effective?.props??null;(n.props!==i||n.box===null)&&this.measure(n,i),n.box?(n.small?this.places.push(t):n.drawn||this.drawBox(t,n.box),n.drawn=!0,this.edges.setPose(t,r.world)):e=!0}e&&this.refreshSubtrees()}measure(e,t){let n=d(e.place);e.props=t,e.box=n,e.small=n?.min.equals(n.max)??!1,e.drawn=!1}drawBox(e,t){t.getCenter(k),t.getSize(A);let n=.001*Math.max(A.x,A.y,A.z);A.set(Math.max(A.x,n),Math.max(A.y,n),Math.max(A.z,n)),this.edges.setBox(e,k,A.multiplyScalar(w))}drawPlace(e,t){let{box:n,place:r}=this.boxed[e],{px:i,py:a,pz:o}=r.world,s=k.setFromMatrixPosition(t.matrixWorld).distanceTo(A.set(i,a,o));this.edges.setBox(e,n.min,A.setScalar(2*C*s))}refreshSubtrees(){let e=performance.now();if(e<this.nextSubtrees){this.later??=setTimeout(()=>{this.later=void 0,this.requestRender()},this.nextSubtrees-e);return}for(let e=0;e<this.boxed.length;e++){let{place:t,box:n}=this.boxed[e];if(n||!t.shown||t.veiled)continue;let r=u(t);r?(this.boxed[e].drawn=!0,this.drawBox(e,r),this.edges.setPose(e,O)):this.hide(e)}let t=performance.now()-e;this.nextSubtrees=t>T?e+t*E:0}hide(e){let t=this.boxed[e];t.drawn&&(t.drawn=!1,this.edges.hide(e))}},O=new f,k=new s,A=new s;function j({visual:e}){let t=e?.outline?.(null)??null;return t===null||`segments`in t?[]:`geometry`in t?[t]:t}export{D as SelectionHighlight};