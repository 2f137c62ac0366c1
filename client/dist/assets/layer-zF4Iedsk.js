import{D as e,J as t,L as n,M as r,T as i,Un as a,V as o,Yt as s,bt as c,fr as l,kt as u,pr as d,q as f,u as p,xt as m}from"./three.core-Czat7IzG.js";import{i as h,n as g,r as _}from"./view-D3Sa7849.js";var v=.2,y=.001,b=e.fromHalfFloat,x=new c,S=new d,C=new d,w=new WeakMap;function T(e){let t=w.get(e);if(!t){t=new Float32Array(e.length/8);for(let n=0,r=0;n<t.length;n++,r+=8)t[n]=b(e[r+4]&65535)+b(e[r+5]>>>16)+b(e[r+6]>>>16);w.set(e,t)}return t}function E(e){w.delete(e)}function D(e,t,n){x.copy(t).invert(),S.set(...n.origin).applyMatrix4(x),C.set(...n.origin).add(new d(...n.direction)).applyMatrix4(x).sub(S);let r=C.lengthSq();if(!(r>0))return null;let i=new Float32Array(e.buffer,e.byteOffset,e.length),a=T(e),o=2*Math.log(1/v),s=null;for(let t=0,n=0;t<a.length;t++,n+=8){let c=i[n]-S.x,l=i[n+1]-S.y,u=i[n+2]-S.z,d=(c*C.x+l*C.y+u*C.z)/r,f=c-d*C.x,p=l-d*C.y,m=u-d*C.z,h=y*y*d*d*r;if(!(f*f+p*p+m*m<=o*(a[t]+h)))continue;let g=O(e,n,c,l,u,h);g>0&&(!s||g<s.distance)&&(s={distance:g,instance:t})}return s}function O(e,t,n,r,i,a){let[o,s,c]=[e[t+4],e[t+5],e[t+6]],l=b(o&65535)+a,u=b(o>>>16),d=b(s&65535),f=b(s>>>16)+a,p=b(c&65535),m=b(c>>>16)+a,h=f*m-p*p,g=d*p-u*m,_=u*p-d*f,y=l*m-d*d,x=u*d-l*p,S=l*f-u*u,w=l*h+u*g+d*_;if(!(w>0))return-1;let T=h*C.x+g*C.y+_*C.z,E=g*C.x+y*C.y+x*C.z,D=_*C.x+x*C.y+S*C.z,O=(T*n+E*r+D*i)/(T*C.x+E*C.y+D*C.z),k=n-O*C.x,A=r-O*C.y,j=i-O*C.z,M=(k*(h*k+g*A+_*j)+A*(g*k+y*A+x*j)+j*(_*k+x*A+S*j))/w;return(e[t+7]>>>24)/255*Math.exp(-.5*M)>=v?O:-1}var k=`
precision highp usampler2D;
uniform usampler2D splats;
uniform sampler2D groups;
uniform int splatsPerRow;
uniform vec2 viewport;
uniform vec2 halfView;
in uint splat;
flat out vec4 vColor;
out vec2 vAt;

// An opacity below one 8-bit step is invisible.
const float LEAST = 1.0 / 255.0;
// Minimum blur of a splat, to avoid flicker: a variance in square pixels, as in common training programs.
const float BLUR = 0.3;

void main() {
  // Outside of the clip volume, unless the splat is visible.
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
  vColor = vec4(0.0);
  vAt = vec2(0.0);

  int i = int(splat);
  ivec2 at = ivec2(2 * (i % splatsPerRow), i / splatsPerRow);
  uvec4 head = texelFetch(splats, at, 0);
  uvec4 tail = texelFetch(splats, at + ivec2(1, 0), 0);
  vec4 color = vec4((uvec4(tail.w) >> uvec4(0u, 8u, 16u, 24u)) & 255u) / 255.0;
  if (color.a < LEAST) return;

  ivec2 node = ivec2(4 * int(head.w & 255u), int(head.w >> 8));
  if (texelFetch(groups, node + ivec2(3, 0), 0).x < 0.5) return;
  vec4 row0 = texelFetch(groups, node, 0);
  vec4 row1 = texelFetch(groups, node + ivec2(1, 0), 0);
  vec4 row2 = texelFetch(groups, node + ivec2(2, 0), 0);
  vec4 center = vec4(uintBitsToFloat(head.xyz), 1.0);
  vec3 view = vec3(dot(row0, center), dot(row1, center), dot(row2, center));
  float z = -view.z;
  if (!(z > 0.0)) return;
  // Clamped: far outside of the picture the Jacobian is not a useful approximation.
  vec2 slope = view.xy / z;
  if (any(greaterThan(abs(slope), 1.3 * halfView))) return;

  vec2 xx_xy = unpackHalf2x16(tail.x);
  vec2 xz_yy = unpackHalf2x16(tail.y);
  vec2 yz_zz = unpackHalf2x16(tail.z);
  mat3 cov = mat3(
    xx_xy.x, xx_xy.y, xz_yy.x,
    xx_xy.y, xz_yy.y, yz_zz.x,
    xz_yy.x, yz_zz.x, yz_zz.y
  );
  vec2 focal = vec2(projectionMatrix[0][0], projectionMatrix[1][1]) * viewport * 0.5;
  mat3 toView = transpose(mat3(row0.xyz, row1.xyz, row2.xyz));
  vec3 alongX = focal.x / z * vec3(1.0, 0.0, slope.x) * toView;
  vec3 alongY = focal.y / z * vec3(0.0, 1.0, slope.y) * toView;
  vec3 covX = cov * alongX;
  float a = dot(alongX, covX) + BLUR;
  float b = dot(alongY, covX);
  float c = dot(alongY, cov * alongY) + BLUR;

  // The ellipse's axes. With rounding errors the matrix may not be positive definite: clamped to the blur.
  float middle = 0.5 * (a + c);
  float apart = length(vec2(0.5 * (a - c), b));
  float major = max(middle + apart, BLUR);
  float minor = max(middle - apart, BLUR);
  vec2 direction = a >= c ? vec2(0.5 * (a - c) + apart, b) : vec2(b, 0.5 * (c - a) + apart);
  direction = apart > 0.0 ? normalize(direction) : vec2(1.0, 0.0);

  float reach = sqrt(2.0 * log(color.a / LEAST));
  vAt = position.xy * reach;
  vec2 offset = direction * (sqrt(major) * vAt.x) + vec2(-direction.y, direction.x) * (sqrt(minor) * vAt.y);
  vec4 clip = projectionMatrix * vec4(view, 1.0);
  gl_Position = vec4(clip.xy + offset * 2.0 / viewport * clip.w, clip.zw);
  vColor = color;
}
`,A=`
flat in vec4 vColor;
in vec2 vAt;
out vec4 fragColor;
void main() {
  float alpha = vColor.a * exp(-0.5 * dot(vAt, vAt));
  if (alpha < 1.0 / 255.0) discard;
  // Colors are sRGB and unlit: blended unchanged.
  fragColor = vec4(vColor.rgb * alpha, alpha);
}
`;function j(){return new Worker(new URL(new URL(`splatSort.worker-CTDVN4zV.js`,import.meta.url).href,``+import.meta.url),{type:`module`})}var M=class{failed;worker;waiting=new Map;nextId=0;broken=!1;constructor(e,t=j){this.failed=e,this.worker=t(),this.worker.onmessage=({data:e})=>{let t=this.waiting.get(e.id);this.waiting.delete(e.id),t?.({splats:e.out,count:e.count})},this.worker.onerror=e=>this.fail(e.message||`it could not be loaded`),this.worker.onmessageerror=()=>this.fail(`it sent a message that can't be read`)}setCenters(e,t){let n={kind:`centers`,start:e,centers:t};this.worker.postMessage(n,[t.buffer])}sort(e,t){if(this.broken)return Promise.resolve(null);let n=this.nextId++,r={kind:`sort`,id:n,groups:e,out:t};return this.worker.postMessage(r,[t.buffer]),new Promise(e=>this.waiting.set(n,e))}dispose(){this.stop()}fail(e){this.broken||(this.stop(),this.failed(e))}stop(){this.broken=!0,this.worker.terminate();for(let e of this.waiting.values())e(null);this.waiting.clear()}},N=10,P=.001,F=16,I=256,L=new Float32Array([-1,-1,0,1,-1,0,1,1,0,-1,1,0]),R=new c,z=class{scene;requestRender;slab;sorter;material;mesh;groups=new Map;groupTexture=V(1);slots=0;freeSlots=[];retired=[];version=1;sorted=null;sorting=!1;spare=null;disposed=!1;constructor(e,t,n,r,i){this.scene=e,this.requestRender=r,this.slab=new g(n),this.sorter=new M(i),this.material=new a({glslVersion:o,vertexShader:k,fragmentShader:A,uniforms:{splats:{value:this.slab.texture},groups:{value:this.groupTexture},splatsPerRow:{value:this.slab.perRow},viewport:t.viewport,halfView:{value:new l(1,1)}},transparent:!0,depthWrite:!1,blending:5,blendSrc:201,blendDst:205}),this.mesh=new m(B(new Uint32Array(16),0),this.material),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1,this.mesh.renderOrder=N,this.mesh.visible=!1,this.mesh.onBeforeRender=(e,t,n)=>this.look(n),e.add(this.mesh)}update(e){let{all:t,parts:n,place:r}=e.changed;(t||n||r)&&((t||n)&&this.setSplats(e,t?null:n),e.changed={all:!1,parts:null,place:!1},this.version++)}remove(e){let t=this.groups.get(e);t&&(this.groups.delete(e),t.range&&this.slab.give(t.range),this.retired.push({slot:t.slot,version:++this.version}))}prepare(e){if(this.sorting||this.disposed)return;let t=H(e),n=this.sorted;if(n&&n.version===this.version&&!U(n.forward,t))return;let{version:r}=this;this.sorted={version:r,forward:t},this.sorting=!0,this.sort(e,this.spare).then(e=>{this.sorting=!1,e&&!this.disposed&&(this.spare=null,this.show(e.splats,e.count),this.freeSlots.push(...this.retired.filter(e=>e.version<=r).map(e=>e.slot)),this.retired=this.retired.filter(e=>e.version>r),this.requestRender())})}async orderFor(e){let t=await this.sort(e,null);return t&&B(t.splats,t.count)}drawWith(e,t){let{geometry:n,visible:r}=this.mesh;this.mesh.geometry=e,this.mesh.visible=e.instanceCount>0;try{t()}finally{this.mesh.geometry=n,this.mesh.visible=r}}raycast(e,t){return this.groups.get(e)?.range?D(e.splats,e.matrix,t):null}dispose(){this.disposed=!0,this.scene.remove(this.mesh),this.mesh.geometry.dispose(),this.material.dispose(),this.groupTexture.dispose(),this.slab.dispose(),this.sorter.dispose()}setSplats(e,t){let n=this.groups.get(e)??this.makeGroup(e),{splats:r,report:i}=e,a=r.length/8,o=n.range?.start;n.range?.count!==a&&(n.range&&this.slab.give(n.range),n.range=this.slab.take(a),this.material.uniforms.splats.value=this.slab.texture);let{range:s}=n;if(i(`count`,s?null:`${a} splats exceed the texture size limit of the graphics driver`),!s)return;E(r);let c=t===null||s.start!==o||n.bad>0;c&&(n.bad=0);for(let[e,i]of c?[[0,a]]:_(t,a))this.write(n,{start:s.start+e,count:i-e},r,e);let{bad:l}=n;i(`numbers`,l>0?`${l} of its ${a} splats are not finite: left out`:null)}write(e,t,n,r){let i=n.subarray(r*8,(r+t.count)*8),{centers:a,bad:o}=this.slab.write(t,i,e.slot);e.bad+=o,this.sorter.setCenters(t.start,a)}makeGroup(e){let t=this.freeSlots.pop()??this.slots++,n=this.groupTexture.image.height;t>=n*I&&(this.groupTexture.dispose(),this.groupTexture=V(2*n),this.material.uniforms.groups.value=this.groupTexture);let r={member:e,range:null,slot:t,bad:0};return this.groups.set(e,r),r}sort(e,t){let{x:n,y:r,z:i}=H(e),a=e.matrixWorld.elements,o=n*a[12]+r*a[13]+i*a[14],s=[],c=0;for(let{member:e,range:t}of this.groups.values()){if(!t||!e.shown||t.count===0)continue;let a=e.matrix.elements,l=e=>n*a[e]+r*a[e+1]+i*a[e+2];s.push({...t,row:[l(0),l(4),l(8),l(12)-o]}),c+=t.count}let l=h(c,t?.length??0),u=t?.length===l?t:new Uint32Array(l);return this.sorter.sort(s,u)}show(e,t){let{geometry:n}=this.mesh,r=n.getAttribute(`splat`);r.array.length===e.length?(this.spare=r.array,r.array=e,r.clearUpdateRanges(),r.addUpdateRange(0,t),r.needsUpdate=!0,n.instanceCount=t):(n.dispose(),this.mesh.geometry=B(e,t)),this.mesh.visible=t>0}look(e){let t=this.groupTexture.image.data;t.fill(0);for(let{member:n,slot:r}of this.groups.values()){let i=R.multiplyMatrices(e.matrixWorldInverse,n.matrix).elements,a=r*F;for(let e=0;e<3;e++)for(let n=0;n<4;n++)t[a+4*e+n]=i[4*n+e];t[a+12]=+!!n.shown}this.groupTexture.needsUpdate=!0;let{fov:n,aspect:r}=e,i=Math.tan(n*Math.PI/360);this.material.uniforms.halfView.value.set(i*r,i),this.material.uniformsNeedUpdate=!0}};function B(e,n){let i=new t;i.setAttribute(`position`,new p(L,3)),i.setIndex([0,1,2,0,2,3]);let a=new f(e,1);return a.setUsage(r),i.setAttribute(`splat`,a),i.instanceCount=n,i}function V(e){let t=new Float32Array(e*I*F),r=new i(t,4*I,e,s,n);return r.minFilter=r.magFilter=u,r.needsUpdate=!0,r}function H(e){let t=e.matrixWorld.elements;return{x:-t[8],y:-t[9],z:-t[10]}}function U(e,t){return Math.hypot(e.x-t.x,e.y-t.y,e.z-t.z)>P}export{z as SplatLayer};