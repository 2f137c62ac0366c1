import{D as e,J as t,L as n,M as r,T as i,Un as a,V as o,Xt as s,Yt as c,bt as l,cr as u,fr as d,kt as f,pr as p,q as m,u as h,xt as g}from"./three.core-Czat7IzG.js";import{n as _}from"./view-D-bum9k_.js";var v=class{taken=[];get end(){let e=this.taken.at(-1);return e?e.start+e.count:0}take(e){let t=0,n=0;for(;n<this.taken.length;n++){let r=this.taken[n];if(r.start-t>=e)break;t=r.start+r.count}let r={start:t,count:e};return this.taken.splice(n,0,r),r}give(e){let t=this.taken.indexOf(e);t>=0&&this.taken.splice(t,1)}},y=4096,b=class{maxTextureSize;texture;perRow;ranges=new v;data=new Uint32Array;rows=0;whole=!0;constructor(e){this.maxTextureSize=e,this.perRow=Math.min(y,e)/2,this.texture=this.resize(1)}take(e){let t=this.ranges.take(e),n=Math.ceil(this.ranges.end/this.perRow);return n>this.maxTextureSize?(this.ranges.give(t),null):(n>this.rows&&(this.texture=this.resize(Math.min(this.maxTextureSize,Math.ceil(n*1.25)))),t)}give(e){this.ranges.give(e)}write(e,t,n){let{data:r}=this,i=e.start*8;r.set(t,i);let a=new Float32Array(r.buffer),o=new Float32Array(e.count*3),s=0;for(let t=0,c=i;t<e.count;t++,c+=8){let e=a[c],i=a[c+1],l=a[c+2];o[3*t]=e,o[3*t+1]=i,o[3*t+2]=l,r[c+3]=n,e-e+(i-i)+(l-l)===0&&x(r,c+4)||(s++,o[3*t]=NaN)}return this.upload(e),{centers:o,bad:s}}dispose(){this.texture.dispose()}upload({start:e,count:t}){let{texture:n,perRow:r}=this,i=Math.floor(e/r),a=Math.ceil((e+t)/r);if(2*(a-i)>this.rows&&(this.whole=!0),this.whole)n.clearUpdateRanges();else{let e=r*8;for(let t=i;t<a;t++)n.addUpdateRange(t*e,e)}n.needsUpdate=!0}resize(e){let t=new Uint32Array(e*this.perRow*8);t.set(this.data),this.data=t,this.rows=e,this.texture?.dispose();let n=new i(t,this.perRow*2,e,s,u);return n.internalFormat=`RGBA32UI`,n.minFilter=n.magFilter=f,n.generateMipmaps=!1,n.onUpdate=()=>{this.whole=!1},this.whole=!0,n.needsUpdate=!0,n}};function x(e,t){for(let n=t;n<t+3;n++){let t=e[n];if((t&31744)==31744||(t&2080374784)==2080374784)return!1}return!0}var S=.2,C=.001,w=e.fromHalfFloat,T=new l,E=new p,D=new p,O=new WeakMap;function k(e){let t=O.get(e);if(!t){t=new Float32Array(e.length/8);for(let n=0,r=0;n<t.length;n++,r+=8)t[n]=w(e[r+4]&65535)+w(e[r+5]>>>16)+w(e[r+6]>>>16);O.set(e,t)}return t}function A(e){O.delete(e)}function j(e,t,n){T.copy(t).invert(),E.set(...n.origin).applyMatrix4(T),D.set(...n.origin).add(new p(...n.direction)).applyMatrix4(T).sub(E);let r=D.lengthSq();if(!(r>0))return null;let i=new Float32Array(e.buffer,e.byteOffset,e.length),a=k(e),o=2*Math.log(1/S),s=null;for(let t=0,n=0;t<a.length;t++,n+=8){let c=i[n]-E.x,l=i[n+1]-E.y,u=i[n+2]-E.z,d=(c*D.x+l*D.y+u*D.z)/r,f=c-d*D.x,p=l-d*D.y,m=u-d*D.z,h=C*C*d*d*r;if(!(f*f+p*p+m*m<=o*(a[t]+h)))continue;let g=M(e,n,c,l,u,h);g>0&&(!s||g<s.distance)&&(s={distance:g,instance:t})}return s}function M(e,t,n,r,i,a){let[o,s,c]=[e[t+4],e[t+5],e[t+6]],l=w(o&65535)+a,u=w(o>>>16),d=w(s&65535),f=w(s>>>16)+a,p=w(c&65535),m=w(c>>>16)+a,h=f*m-p*p,g=d*p-u*m,_=u*p-d*f,v=l*m-d*d,y=u*d-l*p,b=l*f-u*u,x=l*h+u*g+d*_;if(!(x>0))return-1;let C=h*D.x+g*D.y+_*D.z,T=g*D.x+v*D.y+y*D.z,E=_*D.x+y*D.y+b*D.z,O=(C*n+T*r+E*i)/(C*D.x+T*D.y+E*D.z),k=n-O*D.x,A=r-O*D.y,j=i-O*D.z,M=(k*(h*k+g*A+_*j)+A*(g*k+v*A+y*j)+j*(_*k+y*A+b*j))/x;return(e[t+7]>>>24)/255*Math.exp(-.5*M)>=S?O:-1}var N=`
precision highp usampler2D;
uniform usampler2D splats;
uniform sampler2D groups;
uniform int splatsPerRow;
uniform vec2 viewport;
uniform vec2 halfView;
in uint splat;
flat out vec4 vColor;
out vec2 vAt;

// Below one step of eight bits nothing is seen.
const float LEAST = 1.0 / 255.0;
// A splat is at least as soft as a pixel, or it would flicker: variance in square pixels, as the programs
// that train splats have it.
const float BLUR = 0.3;

void main() {
  // Outside of the picture, unless all goes well.
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
  // Far out of the picture the slope of the projection means nothing any more.
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

  // The ellipse's axes. Roundings can leave a matrix that is none of a Gaussian: not below the blur, then.
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
`,P=`
flat in vec4 vColor;
in vec2 vAt;
out vec4 fragColor;
void main() {
  float alpha = vColor.a * exp(-0.5 * dot(vAt, vAt));
  if (alpha < 1.0 / 255.0) discard;
  // Colors are sRGB and are not lit: blended as they came.
  fragColor = vec4(vColor.rgb * alpha, alpha);
}
`;function F(){return new Worker(new URL(new URL(`splatSort.worker-D4Y0zw4M.js`,import.meta.url).href,``+import.meta.url),{type:`module`})}var I=class{failed;worker;waiting=new Map;nextId=0;broken=!1;constructor(e,t=F){this.failed=e,this.worker=t(),this.worker.onmessage=({data:e})=>{let t=this.waiting.get(e.id);this.waiting.delete(e.id),t?.({splats:e.out,count:e.count})},this.worker.onerror=e=>this.fail(e.message||`it could not be loaded`),this.worker.onmessageerror=()=>this.fail(`it sent what can't be read`)}setCenters(e,t){let n={kind:`centers`,start:e,centers:t};this.worker.postMessage(n,[t.buffer])}sort(e,t){if(this.broken)return Promise.resolve(null);let n=this.nextId++,r={kind:`sort`,id:n,groups:e,out:t};return this.worker.postMessage(r,[t.buffer]),new Promise(e=>this.waiting.set(n,e))}dispose(){this.stop()}fail(e){this.broken||(this.stop(),this.failed(e))}stop(){this.broken=!0,this.worker.terminate();for(let e of this.waiting.values())e(null);this.waiting.clear()}},L=10,R=.001,z=16,B=256,V=new Float32Array([-1,-1,0,1,-1,0,1,1,0,-1,1,0]),H=new l,U=class{scene;requestRender;slab;sorter;material;mesh;groups=new Map;groupTexture=G(1);slots=0;freeSlots=[];retired=[];version=1;sorted=null;sorting=!1;spare=null;disposed=!1;constructor(e,t,n,r,i){this.scene=e,this.requestRender=r,this.slab=new b(n),this.sorter=new I(i),this.material=new a({glslVersion:o,vertexShader:N,fragmentShader:P,uniforms:{splats:{value:this.slab.texture},groups:{value:this.groupTexture},splatsPerRow:{value:this.slab.perRow},viewport:t.viewport,halfView:{value:new d(1,1)}},transparent:!0,depthWrite:!1,blending:5,blendSrc:201,blendDst:205}),this.mesh=new g(W(new Uint32Array(16),0),this.material),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1,this.mesh.renderOrder=L,this.mesh.visible=!1,this.mesh.onBeforeRender=(e,t,n)=>this.look(n),e.add(this.mesh)}update(e){let{all:t,parts:n,place:r}=e.changed;(t||n||r)&&((t||n)&&this.setSplats(e,t?null:n),e.changed={all:!1,parts:null,place:!1},this.version++)}remove(e){let t=this.groups.get(e);t&&(this.groups.delete(e),t.range&&this.slab.give(t.range),this.retired.push({slot:t.slot,version:++this.version}))}prepare(e){if(this.sorting||this.disposed)return;let t=q(e),n=this.sorted;if(n&&n.version===this.version&&!J(n.forward,t))return;let{version:r}=this;this.sorted={version:r,forward:t},this.sorting=!0,this.sort(e,this.spare).then(e=>{this.sorting=!1,e&&!this.disposed&&(this.spare=null,this.show(e.splats,e.count),this.freeSlots.push(...this.retired.filter(e=>e.version<=r).map(e=>e.slot)),this.retired=this.retired.filter(e=>e.version>r),this.requestRender())})}async orderFor(e){let t=await this.sort(e,null);return t&&W(t.splats,t.count)}drawWith(e,t){let{geometry:n,visible:r}=this.mesh;this.mesh.geometry=e,this.mesh.visible=e.instanceCount>0;try{t()}finally{this.mesh.geometry=n,this.mesh.visible=r}}raycast(e,t){return this.groups.get(e)?.range?j(e.splats,e.matrix,t):null}dispose(){this.disposed=!0,this.scene.remove(this.mesh),this.mesh.geometry.dispose(),this.material.dispose(),this.groupTexture.dispose(),this.slab.dispose(),this.sorter.dispose()}setSplats(e,t){let n=this.groups.get(e)??this.makeGroup(e),{splats:r,report:i}=e,a=r.length/8,o=n.range?.start;n.range?.count!==a&&(n.range&&this.slab.give(n.range),n.range=this.slab.take(a),this.material.uniforms.splats.value=this.slab.texture);let{range:s}=n;if(i(`count`,s?null:`${a} splats are more than the graphics driver has room for`),!s)return;A(r);let c=t===null||s.start!==o||n.bad>0;c&&(n.bad=0);for(let[e,i]of c?[[0,a]]:K(t,a))this.write(n,{start:s.start+e,count:i-e},r,e);let{bad:l}=n;i(`numbers`,l>0?`${l} of its ${a} splats are not finite: left out`:null)}write(e,t,n,r){let i=n.subarray(r*8,(r+t.count)*8),{centers:a,bad:o}=this.slab.write(t,i,e.slot);e.bad+=o,this.sorter.setCenters(t.start,a)}makeGroup(e){let t=this.freeSlots.pop()??this.slots++,n=this.groupTexture.image.height;t>=n*B&&(this.groupTexture.dispose(),this.groupTexture=G(2*n),this.material.uniforms.groups.value=this.groupTexture);let r={member:e,range:null,slot:t,bad:0};return this.groups.set(e,r),r}sort(e,t){let{x:n,y:r,z:i}=q(e),a=e.matrixWorld.elements,o=n*a[12]+r*a[13]+i*a[14],s=[],c=0;for(let{member:e,range:t}of this.groups.values()){if(!t||!e.shown||t.count===0)continue;let a=e.matrix.elements,l=e=>n*a[e]+r*a[e+1]+i*a[e+2];s.push({...t,row:[l(0),l(4),l(8),l(12)-o]}),c+=t.count}let l=_(c,t?.length??0),u=t?.length===l?t:new Uint32Array(l);return this.sorter.sort(s,u)}show(e,t){let{geometry:n}=this.mesh,r=n.getAttribute(`splat`);r.array.length===e.length?(this.spare=r.array,r.array=e,r.clearUpdateRanges(),r.addUpdateRange(0,t),r.needsUpdate=!0,n.instanceCount=t):(n.dispose(),this.mesh.geometry=W(e,t)),this.mesh.visible=t>0}look(e){let t=this.groupTexture.image.data;t.fill(0);for(let{member:n,slot:r}of this.groups.values()){let i=H.multiplyMatrices(e.matrixWorldInverse,n.matrix).elements,a=r*z;for(let e=0;e<3;e++)for(let n=0;n<4;n++)t[a+4*e+n]=i[4*n+e];t[a+12]=+!!n.shown}this.groupTexture.needsUpdate=!0;let{fov:n,aspect:r}=e,i=Math.tan(n*Math.PI/360);this.material.uniforms.halfView.value.set(i*r,i),this.material.uniformsNeedUpdate=!0}};function W(e,n){let i=new t;i.setAttribute(`position`,new h(V,3)),i.setIndex([0,1,2,0,2,3]);let a=new m(e,1);return a.setUsage(r),i.setAttribute(`splat`,a),i.instanceCount=n,i}function G(e){let t=new Float32Array(e*B*z),r=new i(t,4*B,e,c,n);return r.minFilter=r.magFilter=f,r.needsUpdate=!0,r}function K(e,t){let n=[];for(let r=0;r+1<e.length;r+=2){let i=Math.floor(e[r]/8),a=Math.min(t,Math.ceil((e[r]+e[r+1])/8));i<a&&n.push([i,a])}return n}function q(e){let t=e.matrixWorld.elements;return{x:-t[8],y:-t[9],z:-t[10]}}function J(e,t){return Math.hypot(e.x-t.x,e.y-t.y,e.z-t.z)>R}export{U as SplatLayer};