import{$t as e,An as t,Ct as n,E as r,H as i,J as a,Kn as o,Mt as s,N as c,O as l,Qn as u,Qt as d,R as f,Y as p,dr as m,gr as h,hr as g,u as _,wt as v}from"./three.core-_iDa_TRn.js";import{g as y,h as b,m as x}from"./view-D_gc4lMs.js";import{n as S}from"./viewCamera-Dzfmp89L.js";var C=.05,w=.001,T=l.fromHalfFloat;function E(e,t,r){let{splats:i}=e,a=t*8;if(!(a+8<=i.length))return null;let o=new Float32Array(i.buffer,i.byteOffset+4*a,3),[s,c,l]=[i[a+4],i[a+5],i[a+6]],[u,d,f]=[T(s&65535),T(c>>>16),T(l>>>16)],p=(u+d+f)*w**2;[u,d,f]=[u+p,d+p,f+p];let m=e=>Math.sqrt(Math.max(e,p)),h=m(u),g=T(s>>>16)/h,_=T(c&65535)/h,v=m(d-g*g),y=(T(l&65535)-g*_)/v,b=m(f-_*_-y*y),x=(i[a+7]>>>24)/255,S=Math.sqrt(2*Math.log(Math.max(x/C,Math.E))),[E,D,O]=o,k=new n().set(S*h,0,0,E,S*g,S*v,0,D,S*_,S*y,S*b,O,0,0,0,1).premultiply(e.matrix);return p>0?{geometry:r,matrix:k,fromCenter:!1,hollow:!0}:null}var D=class{taken=[];get end(){let e=this.taken.at(-1);return e?e.start+e.count:0}take(e){let t=0,n=0;for(;n<this.taken.length;n++){let r=this.taken[n];if(r.start-t>=e)break;t=r.start+r.count}let r={start:t,count:e};return this.taken.splice(n,0,r),r}give(e){let t=this.taken.indexOf(e);t>=0&&this.taken.splice(t,1)}},O=4096,k={2:[t,`RG32UI`],4:[e,`RGBA32UI`]},A=class{maxTextureSize;texels;wordsPerTexel;texture;perRow;data=new Uint32Array;ranges=new D;words;rows=0;whole=!0;constructor(e,t,n){this.maxTextureSize=e,this.texels=t,this.wordsPerTexel=n,this.words=t*n,this.perRow=Math.floor(Math.min(O,e)/t),this.texture=this.resize(1)}take(e){let t=this.ranges.take(e),n=Math.ceil(this.ranges.end/this.perRow);return n>this.maxTextureSize?(this.ranges.give(t),null):(n>this.rows&&(this.texture=this.resize(Math.min(this.maxTextureSize,Math.ceil(n*1.25)))),t)}give(e){this.ranges.give(e)}put(e,t){this.data.set(t,e.start*this.words),this.upload(e)}dispose(){this.texture.dispose()}upload({start:e,count:t}){let{texture:n,perRow:r}=this,i=Math.floor(e/r),a=Math.ceil((e+t)/r);if(2*(a-i)>this.rows&&(this.whole=!0),this.whole)n.clearUpdateRanges();else{let e=r*this.words;for(let t=i;t<a;t++)n.addUpdateRange(t*e,e)}n.needsUpdate=!0}resize(e){let t=new Uint32Array(e*this.perRow*this.words);t.set(this.data),this.data=t,this.rows=e,this.texture?.dispose();let[n,i]=k[this.wordsPerTexel],a=new r(t,this.perRow*this.texels,e,n,m);return a.internalFormat=i,a.minFilter=a.magFilter=s,a.generateMipmaps=!1,a.onUpdate=()=>{this.whole=!1},this.whole=!0,a.needsUpdate=!0,a}},ee=class{maxTextureSize;material;texels=null;users=0;constructor(e,t){this.maxTextureSize=e,this.material=t}update(e,t){let{harmonics:n,degree:r,report:i}=t,a=n.length/2,o=e?.degree===r&&e.range.count===a?e:this.replace(e,r,a);if(i(`harmonics size`,o||r===0?null:`its spherical harmonics exceed the texture size limit of the graphics driver`),!o)return null;let s=e?.degree===r&&e.range.start===o.range.start,{parts:c}=t.changed.harmonics,l=[[0,a]];for(let[e,t]of s&&c?b(c,a,2):l){let r=n.subarray(e*2,t*2);this.texels?.put({start:o.range.start+e,count:t-e},r)}return o}remove(e){this.replace(e,0,0)}dispose(){this.texels?.dispose(),this.texels=null}replace(e,t,n){e&&(this.texels?.give(e.range),this.users--),t>0&&(this.texels??=new A(this.maxTextureSize,1,2));let r=t>0?this.texels.take(n):null;return r&&this.users++,this.users===0&&this.dispose(),this.setUsed(this.users>0),r&&{degree:t,range:r}}setUsed(e){let{material:t,texels:n}=this;t.uniforms.harmonics.value=n?.texture??null,t.uniforms.harmonicsPerRow.value=n?.perRow??1,e!==`HARMONICS`in t.defines&&(e?t.defines.HARMONICS=``:delete t.defines.HARMONICS,t.needsUpdate=!0)}},te=[[`-0.4886025119 * y`,`0.4886025119 * z`,`-0.4886025119 * x`],[`1.0925484306 * x * y`,`-1.0925484306 * y * z`,`0.3153915653 * (2.0 * zz - xx - yy)`,`-1.0925484306 * x * z`,`0.5462742153 * (xx - yy)`],[`-0.5900435899 * y * (3.0 * xx - yy)`,`2.8906114426 * x * y * z`,`-0.4570457995 * y * (4.0 * zz - xx - yy)`,`0.3731763326 * z * (2.0 * zz - 3.0 * xx - 3.0 * yy)`,`-0.4570457995 * x * (4.0 * zz - xx - yy)`,`1.4453057213 * z * (xx - yy)`,`-0.5900435899 * x * (xx - 3.0 * yy)`]],j=4,ne=4;function re(e,t){let[n,r]=[e>>5,e&31],i=r+t-32;return`float(int(${i<=0?`w${n} << ${-i}u`:`(w${n} >> ${r}u | w${n+1} << ${32-r}u) << ${32-t}u`}) >> ${32-t})`}function M(e){let t=7-e,n=2**(t-1)-1,r=[];for(let t=0;t<e;t++)r.push(`uvec2 t${t} = texelFetch(harmonics, ivec2((first + ${t}) % harmonicsPerRow, (first + ${t}) / harmonicsPerRow), 0).xy;`,`uint w${2*t} = t${t}.x, w${2*t+1} = t${t}.y;`);let i=j*e;r.push(`vec3 sum = vec3(0.0), band;`);for(let a=0;a<e;a++){r.push(`band = vec3(0.0);`);for(let e of te[a]){let[n,a,o]=[0,1,2].map(e=>re(i+e*t,t));r.push(`band += ${e} * vec3(${n}, ${a}, ${o});`),i+=3*t}let e=`float(w0 >> ${j*a}u & ${2**j-1}u)`;r.push(`sum += ${(ne/n).toFixed(9)} * exp2(-0.5 * ${e}) * band;`)}return`
vec3 colorOf${e}(int first, float x, float y, float z) {
  float xx = x * x, yy = y * y, zz = z * z;
  ${r.join(`
  `)}
  return sum;
}`}var N=`
#ifdef HARMONICS
uniform usampler2D harmonics;
uniform int harmonicsPerRow;
${[1,2,3].map(M).join(`
`)}

// For a splat in this direction from the camera, in the splats' frame. "where" is a texel of the groups: the degree, and
// the first texel of the node's, less its first splat's, in two parts.
vec3 harmonicColor(vec4 where, int splat, vec3 direction) {
  float far = length(direction);
  if (where.y < 0.5 || !(far > 0.0 && far < 1e30)) return vec3(0.0);
  vec3 d = direction / far;
  int degree = int(where.y);
  int first = int(where.z) * 4096 + int(where.w) + degree * splat;
  if (degree == 1) return colorOf1(first, d.x, d.y, d.z);
  if (degree == 2) return colorOf2(first, d.x, d.y, d.z);
  return colorOf3(first, d.x, d.y, d.z);
}
#endif
`;function ie(e,t,n,r){let i=n.range.start-n.degree*r,a=Math.floor(i/4096);e[t]=n.degree,e[t+1]=a,e[t+2]=i-a*4096}var P=.2,ae=.5,F=l.fromHalfFloat,I=new n,L=new h,R=new h,z=new WeakMap;function B(e){let t=z.get(e);if(!t){t=new Float32Array(e.length/8);for(let n=0,r=0;n<t.length;n++,r+=8)t[n]=F(e[r+4]&65535)+F(e[r+5]>>>16)+F(e[r+6]>>>16);z.set(e,t)}return t}function V(e){z.delete(e)}function H(e,t,n,r=.002){I.copy(t).invert(),L.set(...n.origin).applyMatrix4(I),R.set(...n.origin).add(new h(...n.direction)).applyMatrix4(I).sub(L);let i=R.lengthSq();if(!(i>0))return null;let a=new Float32Array(e.buffer,e.byteOffset,e.length),o=B(e),s=2*Math.log(1/P),c=ae*r,l=null;for(let t=0,n=0;t<o.length;t++,n+=8){let r=a[n]-L.x,u=a[n+1]-L.y,d=a[n+2]-L.z,f=(r*R.x+u*R.y+d*R.z)/i,p=r-f*R.x,m=u-f*R.y,h=d-f*R.z,g=c*c*f*f*i;if(!(p*p+m*m+h*h<=s*(o[t]+g)))continue;let _=U(e,n,r,u,d,g);_>0&&(!l||_<l.distance)&&(l={distance:_,instance:t})}return l}function U(e,t,n,r,i,a){let[o,s,c]=[e[t+4],e[t+5],e[t+6]],l=F(o&65535)+a,u=F(o>>>16),d=F(s&65535),f=F(s>>>16)+a,p=F(c&65535),m=F(c>>>16)+a,h=f*m-p*p,g=d*p-u*m,_=u*p-d*f,v=l*m-d*d,y=u*d-l*p,b=l*f-u*u,x=l*h+u*g+d*_;if(!(x>0))return-1;let S=h*R.x+g*R.y+_*R.z,C=g*R.x+v*R.y+y*R.z,w=_*R.x+y*R.y+b*R.z,T=(S*n+C*r+w*i)/(S*R.x+C*R.y+w*R.z),E=n-T*R.x,D=r-T*R.y,O=i-T*R.z,k=(E*(h*E+g*D+_*O)+D*(g*E+v*D+y*O)+O*(_*E+y*D+b*O))/x;return(e[t+7]>>>24)/255*Math.exp(-.5*k)>=P?T:-1}var W=`
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

${N}
#include <clipping_planes_pars_fragment>
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
  vec4 state = texelFetch(groups, node + ivec2(3, 0), 0);
  if (state.x < 0.5) return;
  vec4 row0 = texelFetch(groups, node, 0);
  vec4 row1 = texelFetch(groups, node + ivec2(1, 0), 0);
  vec4 row2 = texelFetch(groups, node + ivec2(2, 0), 0);
  vec4 center = vec4(uintBitsToFloat(head.xyz), 1.0);
  vec3 view = vec3(dot(row0, center), dot(row1, center), dot(row2, center));
  float z = -view.z;
  // With parallel rays nothing becomes smaller with its distance.
  bool parallel = projectionMatrix[3][3] == 1.0;
  if (!parallel && !(z > 0.0)) return;
  float away = parallel ? 1.0 : z;
  // Clamped: far outside of the picture the Jacobian is not a useful approximation.
  vec2 slope = view.xy / away;
  if (any(greaterThan(abs(slope), 1.3 * halfView))) return;

#if NUM_CLIPPING_PLANES > 0
  // As a whole, by its center.
  if (isCutAway((inverse(viewMatrix) * vec4(view, 1.0)).xyz, max(int(state.x) - 1, 1))) return;
#endif

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
  vec2 shear = parallel ? vec2(0.0) : slope;
  vec3 alongX = focal.x / away * vec3(1.0, 0.0, shear.x) * toView;
  vec3 alongY = focal.y / away * vec3(0.0, 1.0, shear.y) * toView;
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
#ifdef HARMONICS
  color.rgb = clamp(color.rgb + harmonicColor(state, i, inverse(toView) * (parallel ? vec3(0.0, 0.0, -1.0) : view)), 0.0, 1.0);
#endif
  vColor = color;
}
`,G=`
flat in vec4 vColor;
in vec2 vAt;
out vec4 fragColor;
void main() {
  float alpha = vColor.a * exp(-0.5 * dot(vAt, vAt));
  if (alpha < 1.0 / 255.0) discard;
  // Colors are sRGB and unlit: blended unchanged.
  fragColor = vec4(vColor.rgb * alpha, alpha);
}
`,K=class extends A{constructor(e){super(e,2,4)}write(e,t,n){let{data:r}=this,i=e.start*8;r.set(t,i);let a=new Float32Array(r.buffer),o=new Float32Array(e.count*3),s=0;for(let t=0,c=i;t<e.count;t++,c+=8){let e=a[c],i=a[c+1],l=a[c+2];o[3*t]=e,o[3*t+1]=i,o[3*t+2]=l,r[c+3]=n,e-e+(i-i)+(l-l)===0&&q(r,c+4)||(s++,o[3*t]=NaN)}return this.upload(e),{centers:o,bad:s}}};function q(e,t){for(let n=t;n<t+3;n++){let t=e[n];if((t&31744)==31744||(t&2080374784)==2080374784)return!1}return!0}function oe(){return new Worker(new URL(new URL(`splatSort.worker-CTDVN4zV.js`,import.meta.url).href,``+import.meta.url),{type:`module`})}var se=class{failed;worker;waiting=new Map;nextId=0;broken=!1;constructor(e,t=oe){this.failed=e,this.worker=t(),this.worker.onmessage=({data:e})=>{let t=this.waiting.get(e.id);this.waiting.delete(e.id),t?.({splats:e.out,count:e.count})},this.worker.onerror=e=>this.fail(e.message||`it could not be loaded`),this.worker.onmessageerror=()=>this.fail(`it sent a message that can't be read`)}setCenters(e,t){let n={kind:`centers`,start:e,centers:t};this.worker.postMessage(n,[t.buffer])}sort(e,t){if(this.broken)return Promise.resolve(null);let n=this.nextId++,r={kind:`sort`,id:n,groups:e,out:t};return this.worker.postMessage(r,[t.buffer]),new Promise(e=>this.waiting.set(n,e))}dispose(){this.stop()}fail(e){this.broken||(this.stop(),this.failed(e))}stop(){this.broken=!0,this.worker.terminate();for(let e of this.waiting.values())e(null);this.waiting.clear()}},ce=10,le=.001,J=16,Y=256,X=new Float32Array([-1,-1,0,1,-1,0,1,1,0,-1,1,0]),ue=new n,de=class{scene;requestRender;slab;harmonics;sorter;material;mesh;groups=new Map;groupTexture=Q(1);slots=0;freeSlots=[];retired=[];version=1;orders=new Map;sorting=!1;disposed=!1;sphere=null;constructor(e,t,n,r,a){this.scene=e,this.requestRender=r,this.slab=new K(n),this.sorter=new se(a),this.material=new o({glslVersion:i,vertexShader:W,fragmentShader:G,uniforms:{splats:{value:this.slab.texture},groups:{value:this.groupTexture},splatsPerRow:{value:this.slab.perRow},viewport:t.viewport,halfView:{value:new g(1,1)},harmonics:{value:null},harmonicsPerRow:{value:1}},defines:{},transparent:!0,depthWrite:!1,clipping:!0,blending:5,blendSrc:201,blendDst:205}),this.harmonics=new ee(n,this.material),this.mesh=new v(Z(new Uint32Array(16),0),this.material),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1,this.mesh.renderOrder=ce,this.mesh.visible=!1,this.mesh.userData.cutsByElement=!0,this.mesh.onBeforeRender=(e,t,n)=>this.look(n),e.add(this.mesh)}update(e){let{all:t,parts:n,place:r,harmonics:i}=e.changed,a=i.all||i.parts!==null;(t||n||r||a)&&((t||n)&&this.setSplats(e,t?null:n),a&&this.setHarmonics(e),e.changed=x(),(t||n||r)&&this.version++)}remove(e){let t=this.groups.get(e);t&&(this.groups.delete(e),t.range&&this.slab.give(t.range),t.harmonics&&this.harmonics.remove(t.harmonics),this.retired.push({slot:t.slot,version:++this.version}))}prepare(e){if(this.disposed)return;let t=this.orderOf(e);if(this.use(t),this.sorting)return;let n=$(e),r=t.requested;if(r&&r.version===this.version&&!fe(r.forward,n))return;let{version:i}=this;t.requested={version:i,forward:n},this.sorting=!0,this.sort(e,t.spare).then(n=>{this.sorting=!1,n&&!this.disposed&&(t.spare=null,this.orders.get(e)===t&&(t.version=i,this.show(t,n.splats,n.count),this.freeRetired()),this.requestRender())})}forget(e){let t=this.orders.get(e);if(!t||this.orders.size===1)return;this.orders.delete(e);let[n]=this.orders.values();this.mesh.geometry===t.geometry&&this.use(n),t.geometry.dispose(),this.freeRetired()}async orderFor(e){let t=await this.sort(e,null);return t&&Z(t.splats,t.count)}drawWith(e,t){let{geometry:n,visible:r}=this.mesh;this.mesh.geometry=e,this.mesh.visible=e.instanceCount>0;try{t()}finally{this.mesh.geometry=n,this.mesh.visible=r}}raycast(e,t,n){return this.groups.get(e)?.range?H(e.splats,e.matrix,t,n?.pixel):null}outline(e,t){return this.sphere??=new u(1,48,24),E(e,t,this.sphere)}dispose(){this.disposed=!0,this.sphere?.dispose(),this.scene.remove(this.mesh),this.mesh.geometry.dispose();for(let{geometry:e}of this.orders.values())e.dispose();this.material.dispose(),this.groupTexture.dispose(),this.slab.dispose(),this.harmonics.dispose(),this.sorter.dispose()}setSplats(e,t){let n=this.groups.get(e)??this.makeGroup(e),{splats:r,report:i}=e,a=r.length/8,o=n.range?.start;n.range?.count!==a&&(n.range&&this.slab.give(n.range),n.range=this.slab.take(a),this.material.uniforms.splats.value=this.slab.texture);let{range:s}=n;if(i(`count`,s?null:`${a} splats exceed the texture size limit of the graphics driver`),!s)return;V(r);let c=t===null||s.start!==o||n.bad>0;c&&(n.bad=0);for(let[e,i]of c?[[0,a]]:b(t,a))this.write(n,{start:s.start+e,count:i-e},r,e);let{bad:l}=n;i(`numbers`,l>0?`${l} of its ${a} splats are not finite: left out`:null)}setHarmonics(e){let t=this.groups.get(e)??this.makeGroup(e);t.harmonics=this.harmonics.update(t.harmonics,e)}write(e,t,n,r){let i=n.subarray(r*8,(r+t.count)*8),{centers:a,bad:o}=this.slab.write(t,i,e.slot);e.bad+=o,this.sorter.setCenters(t.start,a)}makeGroup(e){let t=this.freeSlots.pop()??this.slots++,n=this.groupTexture.image.height;t>=n*Y&&(this.groupTexture.dispose(),this.groupTexture=Q(2*n),this.material.uniforms.groups.value=this.groupTexture);let r={member:e,range:null,harmonics:null,slot:t,bad:0};return this.groups.set(e,r),r}sort(e,t){let{x:n,y:r,z:i}=$(e),a=e.matrixWorld.elements,o=n*a[12]+r*a[13]+i*a[14],s=[],c=0;for(let{member:e,range:t}of this.groups.values()){if(!t||!e.shown||t.count===0)continue;let a=e.matrix.elements,l=e=>n*a[e]+r*a[e+1]+i*a[e+2];s.push({...t,row:[l(0),l(4),l(8),l(12)-o]}),c+=t.count}let l=y(c,t?.length??0),u=t?.length===l?t:new Uint32Array(l);return this.sorter.sort(s,u)}orderOf(e){let t=this.orders.get(e);if(!t){let n=Z(new Uint32Array(16),0);t={geometry:this.orders.size===0?this.mesh.geometry:n,requested:null,version:0,spare:null},this.orders.set(e,t)}return t}use({geometry:e}){this.mesh.geometry=e,this.mesh.visible=e.instanceCount>0}show(e,t,n){let{geometry:r}=e,i=this.mesh.geometry===r,a=r.getAttribute(`splat`);a.array.length===t.length?(e.spare=a.array,a.array=t,a.clearUpdateRanges(),a.addUpdateRange(0,n),a.needsUpdate=!0,r.instanceCount=n):(r.dispose(),e.geometry=Z(t,n)),i&&this.use(e)}freeRetired(){let e=1/0;for(let{version:t}of this.orders.values())e=Math.min(e,t);let t=this.retired.filter(t=>t.version<=e);t.length!==0&&(this.freeSlots.push(...t.map(e=>e.slot)),this.retired=this.retired.filter(t=>t.version>e))}look(e){let t=this.groupTexture.image.data;t.fill(0);for(let{member:n,slot:r,range:i,harmonics:a}of this.groups.values()){let o=ue.multiplyMatrices(e.matrixWorldInverse,n.matrix).elements,s=r*J;for(let e=0;e<3;e++)for(let n=0;n<4;n++)t[s+4*e+n]=o[4*n+e];t[s+12]=n.shown&&!n.veiled?1+(n.cut??0):0,a&&i&&ie(t,s+13,a,i.start)}this.groupTexture.needsUpdate=!0,S(e,this.material.uniforms.halfView.value),this.material.uniformsNeedUpdate=!0}};function Z(e,t){let n=new p;n.setAttribute(`position`,new _(X,3)),n.setIndex([0,1,2,0,2,3]);let r=new a(e,1);return r.setUsage(c),n.setAttribute(`splat`,r),n.instanceCount=t,n}function Q(e){let t=new Float32Array(e*Y*J),n=new r(t,4*Y,e,d,f);return n.minFilter=n.magFilter=s,n.needsUpdate=!0,n}function $(e){let t=e.matrixWorld.elements;return{x:-t[8],y:-t[9],z:-t[10]}}function fe(e,t){return Math.hypot(e.x-t.x,e.y-t.y,e.z-t.z)>le}export{de as SplatLayer};