const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./src-DG2IE4mx.js","./rolldown-runtime-XKyaHtl9.js","./three.core-CDR7bb5x.js","./hdr-DNgWAAb8.js","./index-DShlTiBh.js","./index-WeqHLcy3.css","./load-BYNfr4LO.js","./RectAreaLightUniformsLib-msiYxW6O.js","./layer-BhyEHNd_.js"])))=>i.map(i=>d[i]);
import{n as e}from"./rolldown-runtime-XKyaHtl9.js";import{$ as t,$n as n,A as r,An as i,Ar as a,At as o,B as s,Bt as c,C as l,Cr as u,Ct as d,Dr as f,Dt as p,Er as m,Et as h,Fn as g,Ft as _,G as v,Gn as y,H as b,Hn as x,I as S,In as C,It as w,J as T,Jn as E,Kn as D,L as O,Ln as k,Lt as A,M as j,Mn as ee,Mr as te,Mt as ne,N as re,Nn as ie,Nt as M,O as ae,On as oe,Or as se,Ot as N,P as ce,Pn as le,Qn as ue,Qt as de,R as fe,Rt as pe,S as me,Sr as he,St as P,T as ge,Tr as _e,Tt as ve,U as ye,Un as be,V as xe,Vt as Se,W as Ce,Wn as we,Wt as Te,X as Ee,Xn as De,Y as Oe,Yn as ke,Zn as Ae,Zt as je,_ as Me,_t as F,a as Ne,ar as Pe,b as Fe,br as I,c as Ie,cr as Le,d as L,dr as Re,dt as R,er as ze,fr as Be,ft as Ve,g as He,gr as Ue,h as z,hr as B,i as We,ir as Ge,j as Ke,jn as qe,jr as V,jt as Je,k as Ye,kn as Xe,kr as H,kt as Ze,l as Qe,lt as $e,m as et,mr as tt,n as nt,or as rt,p as it,pr as at,pt as ot,q as st,qt as ct,rr as lt,rt as ut,s as dt,u as U,ur as ft,ut as pt,v as mt,vr as ht,vt as gt,w as _t,wr as vt,wt as yt,x as bt,xr as xt,xt as W,y as St,yr as Ct,z as wt,zt as Tt}from"./three.core-CDR7bb5x.js";import{t as Et}from"./arrays-D5MvggsW.js";import{a as Dt,i as Ot,r as kt,t as At}from"./index-DShlTiBh.js";import{n as jt,t as Mt}from"./patch-XdLVwWrI.js";function Nt(){let e=null,t=!1,n=null,r=null;function i(t,a){r=e.requestAnimationFrame(i),n(t,a)}return{start:function(){t!==!0&&n!==null&&e!==null&&(r=e.requestAnimationFrame(i),t=!0)},stop:function(){e!==null&&e.cancelAnimationFrame(r),t=!1},setAnimationLoop:function(e){n=e},setContext:function(t){e=t}}}function Pt(e){let t=new WeakMap;function n(t,n){let r=t.array,i=t.usage,a=r.byteLength,o=e.createBuffer();e.bindBuffer(n,o),e.bufferData(n,r,i),t.onUploadCallback();let s;if(r instanceof Float32Array)s=e.FLOAT;else if(typeof Float16Array<`u`&&r instanceof Float16Array)s=e.HALF_FLOAT;else if(r instanceof Uint16Array)s=t.isFloat16BufferAttribute?e.HALF_FLOAT:e.UNSIGNED_SHORT;else if(r instanceof Int16Array)s=e.SHORT;else if(r instanceof Uint32Array)s=e.UNSIGNED_INT;else if(r instanceof Int32Array)s=e.INT;else if(r instanceof Int8Array)s=e.BYTE;else if(r instanceof Uint8Array)s=e.UNSIGNED_BYTE;else if(r instanceof Uint8ClampedArray)s=e.UNSIGNED_BYTE;else throw Error(`THREE.WebGLAttributes: Unsupported buffer data format: `+r);return{buffer:o,type:s,bytesPerElement:r.BYTES_PER_ELEMENT,version:t.version,size:a}}function r(t,n,r){let i=n.array,a=n.updateRanges;if(e.bindBuffer(r,t),a.length===0)e.bufferSubData(r,0,i);else{a.sort((e,t)=>e.start-t.start);let t=0;for(let e=1;e<a.length;e++){let n=a[t],r=a[e];r.start<=n.start+n.count+1?n.count=Math.max(n.count,r.start+r.count-n.start):(++t,a[t]=r)}a.length=t+1;for(let t=0,n=a.length;t<n;t++){let n=a[t];e.bufferSubData(r,n.start*i.BYTES_PER_ELEMENT,i,n.start,n.count)}n.clearUpdateRanges()}n.onUploadCallback()}function i(e){return e.isInterleavedBufferAttribute&&(e=e.data),t.get(e)}function a(n){n.isInterleavedBufferAttribute&&(n=n.data);let r=t.get(n);r&&(e.deleteBuffer(r.buffer),t.delete(n))}function o(e,i){if(e.isInterleavedBufferAttribute&&(e=e.data),e.isGLBufferAttribute){let n=t.get(e);(!n||n.version<e.version)&&t.set(e,{buffer:e.buffer,type:e.type,bytesPerElement:e.elementSize,version:e.version});return}let a=t.get(e);if(a===void 0)t.set(e,n(e,i));else if(a.version<e.version){if(a.size!==e.array.byteLength)throw Error(`THREE.WebGLAttributes: The size of the buffer attribute's array buffer does not match the original size. Resizing buffer attributes is not supported.`);r(a.buffer,e,i),a.version=e.version}}return{get:i,remove:a,update:o}}var G={alphahash_fragment:`#ifdef USE_ALPHAHASH
	if ( diffuseColor.a < getAlphaHashThreshold( vPosition ) ) discard;
#endif`,alphahash_pars_fragment:`#ifdef USE_ALPHAHASH
	const float ALPHA_HASH_SCALE = 0.05;
	float hash2D( vec2 value ) {
		return fract( 1.0e4 * sin( 17.0 * value.x + 0.1 * value.y ) * ( 0.1 + abs( sin( 13.0 * value.y + value.x ) ) ) );
	}
	float hash3D( vec3 value ) {
		return hash2D( vec2( hash2D( value.xy ), value.z ) );
	}
	float getAlphaHashThreshold( vec3 position ) {
		float maxDeriv = max(
			length( dFdx( position.xyz ) ),
			length( dFdy( position.xyz ) )
		);
		float pixScale = 1.0 / ( ALPHA_HASH_SCALE * maxDeriv );
		vec2 pixScales = vec2(
			exp2( floor( log2( pixScale ) ) ),
			exp2( ceil( log2( pixScale ) ) )
		);
		vec2 alpha = vec2(
			hash3D( floor( pixScales.x * position.xyz ) ),
			hash3D( floor( pixScales.y * position.xyz ) )
		);
		float lerpFactor = fract( log2( pixScale ) );
		float x = ( 1.0 - lerpFactor ) * alpha.x + lerpFactor * alpha.y;
		float a = min( lerpFactor, 1.0 - lerpFactor );
		vec3 cases = vec3(
			x * x / ( 2.0 * a * ( 1.0 - a ) ),
			( x - 0.5 * a ) / ( 1.0 - a ),
			1.0 - ( ( 1.0 - x ) * ( 1.0 - x ) / ( 2.0 * a * ( 1.0 - a ) ) )
		);
		float threshold = ( x < ( 1.0 - a ) )
			? ( ( x < a ) ? cases.x : cases.y )
			: cases.z;
		return clamp( threshold , 1.0e-6, 1.0 );
	}
#endif`,alphamap_fragment:`#ifdef USE_ALPHAMAP
	diffuseColor.a *= texture2D( alphaMap, vAlphaMapUv ).g;
#endif`,alphamap_pars_fragment:`#ifdef USE_ALPHAMAP
	uniform sampler2D alphaMap;
#endif`,alphatest_fragment:`#ifdef USE_ALPHATEST
	#ifdef ALPHA_TO_COVERAGE
	diffuseColor.a = smoothstep( alphaTest, alphaTest + fwidth( diffuseColor.a ), diffuseColor.a );
	if ( diffuseColor.a == 0.0 ) discard;
	#else
	if ( diffuseColor.a < alphaTest ) discard;
	#endif
#endif`,alphatest_pars_fragment:`#ifdef USE_ALPHATEST
	uniform float alphaTest;
#endif`,aomap_fragment:`#ifdef USE_AOMAP
	float ambientOcclusion = ( texture2D( aoMap, vAoMapUv ).r - 1.0 ) * aoMapIntensity + 1.0;
	reflectedLight.indirectDiffuse *= ambientOcclusion;
	#if defined( USE_CLEARCOAT ) 
		clearcoatSpecularIndirect *= ambientOcclusion;
	#endif
	#if defined( USE_SHEEN ) 
		sheenSpecularIndirect *= ambientOcclusion;
	#endif
	#if defined( USE_ENVMAP ) && defined( STANDARD )
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		reflectedLight.indirectSpecular *= computeSpecularOcclusion( dotNV, ambientOcclusion, material.roughness );
	#endif
#endif`,aomap_pars_fragment:`#ifdef USE_AOMAP
	uniform sampler2D aoMap;
	uniform float aoMapIntensity;
#endif`,batching_pars_vertex:`#ifdef USE_BATCHING
	#if ! defined( GL_ANGLE_multi_draw )
	#define gl_DrawID _gl_DrawID
	uniform int _gl_DrawID;
	#endif
	uniform highp sampler2D batchingTexture;
	uniform highp usampler2D batchingIdTexture;
	mat4 getBatchingMatrix( const in float i ) {
		int size = textureSize( batchingTexture, 0 ).x;
		int j = int( i ) * 4;
		int x = j % size;
		int y = j / size;
		vec4 v1 = texelFetch( batchingTexture, ivec2( x, y ), 0 );
		vec4 v2 = texelFetch( batchingTexture, ivec2( x + 1, y ), 0 );
		vec4 v3 = texelFetch( batchingTexture, ivec2( x + 2, y ), 0 );
		vec4 v4 = texelFetch( batchingTexture, ivec2( x + 3, y ), 0 );
		return mat4( v1, v2, v3, v4 );
	}
	float getIndirectIndex( const in int i ) {
		int size = textureSize( batchingIdTexture, 0 ).x;
		int x = i % size;
		int y = i / size;
		return float( texelFetch( batchingIdTexture, ivec2( x, y ), 0 ).r );
	}
#endif
#ifdef USE_BATCHING_COLOR
	uniform sampler2D batchingColorTexture;
	vec4 getBatchingColor( const in float i ) {
		int size = textureSize( batchingColorTexture, 0 ).x;
		int j = int( i );
		int x = j % size;
		int y = j / size;
		return texelFetch( batchingColorTexture, ivec2( x, y ), 0 );
	}
#endif`,batching_vertex:`#ifdef USE_BATCHING
	mat4 batchingMatrix = getBatchingMatrix( getIndirectIndex( gl_DrawID ) );
#endif`,begin_vertex:`vec3 transformed = vec3( position );
#ifdef USE_ALPHAHASH
	vPosition = vec3( position );
#endif`,beginnormal_vertex:`vec3 objectNormal = vec3( normal );
#ifdef USE_TANGENT
	vec3 objectTangent = vec3( tangent.xyz );
#endif`,bsdfs:`float G_BlinnPhong_Implicit( ) {
	return 0.25;
}
float D_BlinnPhong( const in float shininess, const in float dotNH ) {
	return RECIPROCAL_PI * ( shininess * 0.5 + 1.0 ) * pow( dotNH, shininess );
}
vec3 BRDF_BlinnPhong( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in vec3 specularColor, const in float shininess ) {
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNH = saturate( dot( normal, halfDir ) );
	float dotVH = saturate( dot( viewDir, halfDir ) );
	vec3 F = F_Schlick( specularColor, 1.0, dotVH );
	float G = G_BlinnPhong_Implicit( );
	float D = D_BlinnPhong( shininess, dotNH );
	return F * ( G * D );
} // validated`,iridescence_fragment:`#ifdef USE_IRIDESCENCE
	const mat3 XYZ_TO_REC709 = mat3(
		 3.2404542, -0.9692660,  0.0556434,
		-1.5371385,  1.8760108, -0.2040259,
		-0.4985314,  0.0415560,  1.0572252
	);
	vec3 Fresnel0ToIor( vec3 fresnel0 ) {
		vec3 sqrtF0 = sqrt( fresnel0 );
		return ( vec3( 1.0 ) + sqrtF0 ) / ( vec3( 1.0 ) - sqrtF0 );
	}
	vec3 IorToFresnel0( vec3 transmittedIor, float incidentIor ) {
		return pow2( ( transmittedIor - vec3( incidentIor ) ) / ( transmittedIor + vec3( incidentIor ) ) );
	}
	float IorToFresnel0( float transmittedIor, float incidentIor ) {
		return pow2( ( transmittedIor - incidentIor ) / ( transmittedIor + incidentIor ));
	}
	vec3 evalSensitivity( float OPD, vec3 shift ) {
		float phase = 2.0 * PI * OPD * 1.0e-9;
		vec3 val = vec3( 5.4856e-13, 4.4201e-13, 5.2481e-13 );
		vec3 pos = vec3( 1.6810e+06, 1.7953e+06, 2.2084e+06 );
		vec3 var = vec3( 4.3278e+09, 9.3046e+09, 6.6121e+09 );
		vec3 xyz = val * sqrt( 2.0 * PI * var ) * cos( pos * phase + shift ) * exp( - pow2( phase ) * var );
		xyz.x += 9.7470e-14 * sqrt( 2.0 * PI * 4.5282e+09 ) * cos( 2.2399e+06 * phase + shift[ 0 ] ) * exp( - 4.5282e+09 * pow2( phase ) );
		xyz /= 1.0685e-7;
		vec3 rgb = XYZ_TO_REC709 * xyz;
		return rgb;
	}
	vec3 evalIridescence( float outsideIOR, float eta2, float cosTheta1, float thinFilmThickness, vec3 baseF0 ) {
		vec3 I;
		float iridescenceIOR = mix( outsideIOR, eta2, smoothstep( 0.0, 0.03, thinFilmThickness ) );
		float sinTheta2Sq = pow2( outsideIOR / iridescenceIOR ) * ( 1.0 - pow2( cosTheta1 ) );
		float cosTheta2Sq = 1.0 - sinTheta2Sq;
		if ( cosTheta2Sq < 0.0 ) {
			return vec3( 1.0 );
		}
		float cosTheta2 = sqrt( cosTheta2Sq );
		float R0 = IorToFresnel0( iridescenceIOR, outsideIOR );
		float R12 = F_Schlick( R0, 1.0, cosTheta1 );
		float T121 = 1.0 - R12;
		float phi12 = 0.0;
		if ( iridescenceIOR < outsideIOR ) phi12 = PI;
		float phi21 = PI - phi12;
		vec3 baseIOR = Fresnel0ToIor( clamp( baseF0, 0.0, 0.9999 ) );		vec3 R1 = IorToFresnel0( baseIOR, iridescenceIOR );
		vec3 R23 = F_Schlick( R1, 1.0, cosTheta2 );
		vec3 phi23 = vec3( 0.0 );
		if ( baseIOR[ 0 ] < iridescenceIOR ) phi23[ 0 ] = PI;
		if ( baseIOR[ 1 ] < iridescenceIOR ) phi23[ 1 ] = PI;
		if ( baseIOR[ 2 ] < iridescenceIOR ) phi23[ 2 ] = PI;
		float OPD = 2.0 * iridescenceIOR * thinFilmThickness * cosTheta2;
		vec3 phi = vec3( phi21 ) + phi23;
		vec3 R123 = clamp( R12 * R23, 1e-5, 0.9999 );
		vec3 r123 = sqrt( R123 );
		vec3 Rs = pow2( T121 ) * R23 / ( vec3( 1.0 ) - R123 );
		vec3 C0 = R12 + Rs;
		I = C0;
		vec3 Cm = Rs - T121;
		for ( int m = 1; m <= 2; ++ m ) {
			Cm *= r123;
			vec3 Sm = 2.0 * evalSensitivity( float( m ) * OPD, float( m ) * phi );
			I += Cm * Sm;
		}
		return max( I, vec3( 0.0 ) );
	}
#endif`,bumpmap_pars_fragment:`#ifdef USE_BUMPMAP
	uniform sampler2D bumpMap;
	uniform float bumpScale;
	vec2 dHdxy_fwd() {
		vec2 dSTdx = dFdx( vBumpMapUv );
		vec2 dSTdy = dFdy( vBumpMapUv );
		float Hll = bumpScale * texture2D( bumpMap, vBumpMapUv ).x;
		float dBx = bumpScale * texture2D( bumpMap, vBumpMapUv + dSTdx ).x - Hll;
		float dBy = bumpScale * texture2D( bumpMap, vBumpMapUv + dSTdy ).x - Hll;
		return vec2( dBx, dBy );
	}
	vec3 perturbNormalArb( vec3 surf_pos, vec3 surf_norm, vec2 dHdxy, float faceDirection ) {
		vec3 vSigmaX = normalize( dFdx( surf_pos.xyz ) );
		vec3 vSigmaY = normalize( dFdy( surf_pos.xyz ) );
		vec3 vN = surf_norm;
		vec3 R1 = cross( vSigmaY, vN );
		vec3 R2 = cross( vN, vSigmaX );
		float fDet = dot( vSigmaX, R1 ) * faceDirection;
		vec3 vGrad = sign( fDet ) * ( dHdxy.x * R1 + dHdxy.y * R2 );
		return normalize( abs( fDet ) * surf_norm - vGrad );
	}
#endif`,clipping_planes_fragment:`#if NUM_CLIPPING_PLANES > 0
	vec4 plane;
	#ifdef ALPHA_TO_COVERAGE
		float distanceToPlane, distanceGradient;
		float clipOpacity = 1.0;
		#pragma unroll_loop_start
		for ( int i = 0; i < UNION_CLIPPING_PLANES; i ++ ) {
			plane = clippingPlanes[ i ];
			distanceToPlane = - dot( vClipPosition, plane.xyz ) + plane.w;
			distanceGradient = fwidth( distanceToPlane ) / 2.0;
			clipOpacity *= smoothstep( - distanceGradient, distanceGradient, distanceToPlane );
			if ( clipOpacity == 0.0 ) discard;
		}
		#pragma unroll_loop_end
		#if UNION_CLIPPING_PLANES < NUM_CLIPPING_PLANES
			float unionClipOpacity = 1.0;
			#pragma unroll_loop_start
			for ( int i = UNION_CLIPPING_PLANES; i < NUM_CLIPPING_PLANES; i ++ ) {
				plane = clippingPlanes[ i ];
				distanceToPlane = - dot( vClipPosition, plane.xyz ) + plane.w;
				distanceGradient = fwidth( distanceToPlane ) / 2.0;
				unionClipOpacity *= 1.0 - smoothstep( - distanceGradient, distanceGradient, distanceToPlane );
			}
			#pragma unroll_loop_end
			clipOpacity *= 1.0 - unionClipOpacity;
		#endif
		diffuseColor.a *= clipOpacity;
		if ( diffuseColor.a == 0.0 ) discard;
	#else
		#pragma unroll_loop_start
		for ( int i = 0; i < UNION_CLIPPING_PLANES; i ++ ) {
			plane = clippingPlanes[ i ];
			if ( dot( vClipPosition, plane.xyz ) > plane.w ) discard;
		}
		#pragma unroll_loop_end
		#if UNION_CLIPPING_PLANES < NUM_CLIPPING_PLANES
			bool clipped = true;
			#pragma unroll_loop_start
			for ( int i = UNION_CLIPPING_PLANES; i < NUM_CLIPPING_PLANES; i ++ ) {
				plane = clippingPlanes[ i ];
				clipped = ( dot( vClipPosition, plane.xyz ) > plane.w ) && clipped;
			}
			#pragma unroll_loop_end
			if ( clipped ) discard;
		#endif
	#endif
#endif`,clipping_planes_pars_fragment:`#if NUM_CLIPPING_PLANES > 0
	varying vec3 vClipPosition;
	uniform vec4 clippingPlanes[ NUM_CLIPPING_PLANES ];
#endif`,clipping_planes_pars_vertex:`#if NUM_CLIPPING_PLANES > 0
	varying vec3 vClipPosition;
#endif`,clipping_planes_vertex:`#if NUM_CLIPPING_PLANES > 0
	vClipPosition = - mvPosition.xyz;
#endif`,color_fragment:`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA )
	diffuseColor *= vColor;
#endif`,color_pars_fragment:`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA )
	varying vec4 vColor;
#endif`,color_pars_vertex:`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA ) || defined( USE_INSTANCING_COLOR ) || defined( USE_BATCHING_COLOR )
	varying vec4 vColor;
#endif`,color_vertex:`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA ) || defined( USE_INSTANCING_COLOR ) || defined( USE_BATCHING_COLOR )
	vColor = vec4( 1.0 );
#endif
#ifdef USE_COLOR_ALPHA
	vColor *= color;
#elif defined( USE_COLOR )
	vColor.rgb *= color;
#endif
#ifdef USE_INSTANCING_COLOR
	vColor.rgb *= instanceColor.rgb;
#endif
#ifdef USE_BATCHING_COLOR
	vColor *= getBatchingColor( getIndirectIndex( gl_DrawID ) );
#endif`,common:`#define PI 3.141592653589793
#define PI2 6.283185307179586
#define PI_HALF 1.5707963267948966
#define RECIPROCAL_PI 0.3183098861837907
#define RECIPROCAL_PI2 0.15915494309189535
#define EPSILON 1e-6
#ifndef saturate
#define saturate( a ) clamp( a, 0.0, 1.0 )
#endif
#define whiteComplement( a ) ( 1.0 - saturate( a ) )
float pow2( const in float x ) { return x*x; }
vec3 pow2( const in vec3 x ) { return x*x; }
float pow3( const in float x ) { return x*x*x; }
float pow4( const in float x ) { float x2 = x*x; return x2*x2; }
float max3( const in vec3 v ) { return max( max( v.x, v.y ), v.z ); }
float average( const in vec3 v ) { return dot( v, vec3( 0.3333333 ) ); }
highp float rand( const in vec2 uv ) {
	const highp float a = 12.9898, b = 78.233, c = 43758.5453;
	highp float dt = dot( uv.xy, vec2( a,b ) ), sn = mod( dt, PI );
	return fract( sin( sn ) * c );
}
#ifdef HIGH_PRECISION
	float precisionSafeLength( vec3 v ) { return length( v ); }
#else
	float precisionSafeLength( vec3 v ) {
		float maxComponent = max3( abs( v ) );
		return length( v / maxComponent ) * maxComponent;
	}
#endif
struct IncidentLight {
	vec3 color;
	vec3 direction;
	bool visible;
};
struct ReflectedLight {
	vec3 directDiffuse;
	vec3 directSpecular;
	vec3 indirectDiffuse;
	vec3 indirectSpecular;
};
#ifdef USE_ALPHAHASH
	varying vec3 vPosition;
#endif
vec3 transformDirection( in vec3 dir, in mat4 matrix ) {
	return normalize( ( matrix * vec4( dir, 0.0 ) ).xyz );
}
#define inverseTransformDirection transformDirectionByInverseViewMatrix
vec3 transformNormalByInverseViewMatrix( in vec3 normal, in mat4 viewMatrix ) {
	return normalize( ( vec4( normal, 0.0 ) * viewMatrix ).xyz );
}
vec3 transformDirectionByInverseViewMatrix( in vec3 dir, in mat4 viewMatrix ) {
	return normalize( ( vec4( dir, 0.0 ) * viewMatrix ).xyz );
}
bool isPerspectiveMatrix( mat4 m ) {
	return m[ 2 ][ 3 ] == - 1.0;
}
vec2 equirectUv( in vec3 dir ) {
	float u = atan( dir.z, dir.x ) * RECIPROCAL_PI2 + 0.5;
	float v = asin( clamp( dir.y, - 1.0, 1.0 ) ) * RECIPROCAL_PI + 0.5;
	return vec2( u, v );
}
vec3 BRDF_Lambert( const in vec3 diffuseColor ) {
	return RECIPROCAL_PI * diffuseColor;
}
vec3 F_Schlick( const in vec3 f0, const in float f90, const in float dotVH ) {
	float fresnel = exp2( ( - 5.55473 * dotVH - 6.98316 ) * dotVH );
	return f0 * ( 1.0 - fresnel ) + ( f90 * fresnel );
}
float F_Schlick( const in float f0, const in float f90, const in float dotVH ) {
	float fresnel = exp2( ( - 5.55473 * dotVH - 6.98316 ) * dotVH );
	return f0 * ( 1.0 - fresnel ) + ( f90 * fresnel );
} // validated`,defaultnormal_vertex:`vec3 transformedNormal = objectNormal;
#ifdef USE_TANGENT
	vec3 transformedTangent = objectTangent;
#endif
#ifdef USE_BATCHING
	mat3 bm = mat3( batchingMatrix );
	transformedNormal /= vec3( dot( bm[ 0 ], bm[ 0 ] ), dot( bm[ 1 ], bm[ 1 ] ), dot( bm[ 2 ], bm[ 2 ] ) );
	transformedNormal = bm * transformedNormal;
	#ifdef USE_TANGENT
		transformedTangent = bm * transformedTangent;
	#endif
#endif
#ifdef USE_INSTANCING
	mat3 im = mat3( instanceMatrix );
	transformedNormal /= vec3( dot( im[ 0 ], im[ 0 ] ), dot( im[ 1 ], im[ 1 ] ), dot( im[ 2 ], im[ 2 ] ) );
	transformedNormal = im * transformedNormal;
	#ifdef USE_TANGENT
		transformedTangent = im * transformedTangent;
	#endif
#endif
transformedNormal = normalMatrix * transformedNormal;
#ifdef FLIP_SIDED
	transformedNormal = - transformedNormal;
#endif
#ifdef USE_TANGENT
	transformedTangent = ( modelViewMatrix * vec4( transformedTangent, 0.0 ) ).xyz;
#endif`,displacementmap_pars_vertex:`#ifdef USE_DISPLACEMENTMAP
	uniform sampler2D displacementMap;
	uniform float displacementScale;
	uniform float displacementBias;
#endif`,displacementmap_vertex:`#ifdef USE_DISPLACEMENTMAP
	transformed += normalize( objectNormal ) * ( texture2D( displacementMap, vDisplacementMapUv ).x * displacementScale + displacementBias );
#endif`,emissivemap_fragment:`#ifdef USE_EMISSIVEMAP
	vec4 emissiveColor = texture2D( emissiveMap, vEmissiveMapUv );
	#ifdef DECODE_VIDEO_TEXTURE_EMISSIVE
		emissiveColor = sRGBTransferEOTF( emissiveColor );
	#endif
	totalEmissiveRadiance *= emissiveColor.rgb;
#endif`,emissivemap_pars_fragment:`#ifdef USE_EMISSIVEMAP
	uniform sampler2D emissiveMap;
#endif`,colorspace_fragment:`gl_FragColor = linearToOutputTexel( gl_FragColor );`,colorspace_pars_fragment:`vec4 LinearTransferOETF( in vec4 value ) {
	return value;
}
vec4 sRGBTransferEOTF( in vec4 value ) {
	return vec4( mix( pow( value.rgb * 0.9478672986 + vec3( 0.0521327014 ), vec3( 2.4 ) ), value.rgb * 0.0773993808, vec3( lessThanEqual( value.rgb, vec3( 0.04045 ) ) ) ), value.a );
}
vec4 sRGBTransferOETF( in vec4 value ) {
	return vec4( mix( pow( value.rgb, vec3( 0.41666 ) ) * 1.055 - vec3( 0.055 ), value.rgb * 12.92, vec3( lessThanEqual( value.rgb, vec3( 0.0031308 ) ) ) ), value.a );
}`,envmap_fragment:`#ifdef USE_ENVMAP
	#ifdef ENV_WORLDPOS
		vec3 cameraToFrag;
		if ( isOrthographic ) {
			cameraToFrag = normalize( vec3( - viewMatrix[ 0 ][ 2 ], - viewMatrix[ 1 ][ 2 ], - viewMatrix[ 2 ][ 2 ] ) );
		} else {
			cameraToFrag = normalize( vWorldPosition - cameraPosition );
		}
		vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
		#ifdef ENVMAP_MODE_REFLECTION
			vec3 reflectVec = reflect( cameraToFrag, worldNormal );
		#else
			vec3 reflectVec = refract( cameraToFrag, worldNormal, refractionRatio );
		#endif
	#else
		vec3 reflectVec = vReflect;
	#endif
	#ifdef ENVMAP_TYPE_CUBE
		vec4 envColor = textureCube( envMap, envMapRotation * reflectVec );
		#ifdef ENVMAP_BLENDING_MULTIPLY
			outgoingLight = mix( outgoingLight, outgoingLight * envColor.xyz, specularStrength * reflectivity );
		#elif defined( ENVMAP_BLENDING_MIX )
			outgoingLight = mix( outgoingLight, envColor.xyz, specularStrength * reflectivity );
		#elif defined( ENVMAP_BLENDING_ADD )
			outgoingLight += envColor.xyz * specularStrength * reflectivity;
		#endif
	#endif
#endif`,envmap_common_pars_fragment:`#ifdef USE_ENVMAP
	uniform float envMapIntensity;
	uniform mat3 envMapRotation;
	uniform samplerCube envMap;
	#ifdef ENVMAP_TYPE_PMREM
		float roughnessToMip( const in float roughness ) {
			float r = clamp( roughness, 0.0, 1.0 );
			return ENVMAP_MAX_LOD * r * ( 2.0 - r );
		}
	#endif
#endif`,envmap_pars_fragment:`#ifdef USE_ENVMAP
	uniform float reflectivity;
	#if defined( USE_BUMPMAP ) || defined( USE_NORMALMAP ) || defined( PHONG ) || defined( LAMBERT )
		#define ENV_WORLDPOS
	#endif
	#ifdef ENV_WORLDPOS
		varying vec3 vWorldPosition;
		uniform float refractionRatio;
	#else
		varying vec3 vReflect;
	#endif
#endif`,envmap_pars_vertex:`#ifdef USE_ENVMAP
	#if defined( USE_BUMPMAP ) || defined( USE_NORMALMAP ) || defined( PHONG ) || defined( LAMBERT )
		#define ENV_WORLDPOS
	#endif
	#ifdef ENV_WORLDPOS
		
		varying vec3 vWorldPosition;
	#else
		varying vec3 vReflect;
		uniform float refractionRatio;
	#endif
#endif`,envmap_physical_pars_fragment:`#ifdef USE_ENVMAP
	vec3 getIBLIrradiance( const in vec3 normal ) {
		#ifdef ENVMAP_TYPE_PMREM
			vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
			vec4 envMapColor = textureLod( envMap, envMapRotation * worldNormal, ENVMAP_MAX_LOD );
			return PI * envMapColor.rgb * envMapIntensity;
		#else
			return vec3( 0.0 );
		#endif
	}
	vec3 getIBLRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness ) {
		#ifdef ENVMAP_TYPE_PMREM
			vec3 reflectVec = reflect( - viewDir, normal );
			reflectVec = normalize( mix( reflectVec, normal, pow4( roughness ) ) );
			reflectVec = transformDirectionByInverseViewMatrix( reflectVec, viewMatrix );
			vec4 envMapColor = textureLod( envMap, envMapRotation * reflectVec, roughnessToMip( roughness ) );
			return envMapColor.rgb * envMapIntensity;
		#else
			return vec3( 0.0 );
		#endif
	}
	#ifdef USE_RETROREFLECTION
		vec3 getIBLRetroRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness ) {
			#ifdef ENVMAP_TYPE_PMREM
				vec3 retroVec = normalize( mix( viewDir, normal, pow4( roughness ) ) );
				retroVec = transformDirectionByInverseViewMatrix( retroVec, viewMatrix );
				vec4 envMapColor = textureLod( envMap, envMapRotation * retroVec, roughnessToMip( roughness ) );
				return envMapColor.rgb * envMapIntensity;
			#else
				return vec3( 0.0 );
			#endif
		}
	#endif
	#ifdef USE_ANISOTROPY
		vec3 getIBLAnisotropyRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness, const in vec3 bitangent, const in float anisotropy ) {
			#ifdef ENVMAP_TYPE_PMREM
				vec3 bentNormal = cross( bitangent, viewDir );
				bentNormal = normalize( cross( bentNormal, bitangent ) );
				bentNormal = normalize( mix( bentNormal, normal, pow2( pow2( 1.0 - anisotropy * ( 1.0 - roughness ) ) ) ) );
				return getIBLRadiance( viewDir, bentNormal, roughness );
			#else
				return vec3( 0.0 );
			#endif
		}
		#ifdef USE_RETROREFLECTION
			vec3 getIBLAnisotropyRetroRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness, const in vec3 bitangent, const in float anisotropy ) {
				#ifdef ENVMAP_TYPE_PMREM
					vec3 bentNormal = cross( bitangent, viewDir );
					bentNormal = normalize( cross( bentNormal, bitangent ) );
					bentNormal = normalize( mix( bentNormal, normal, pow2( pow2( 1.0 - anisotropy * ( 1.0 - roughness ) ) ) ) );
					return getIBLRetroRadiance( viewDir, bentNormal, roughness );
				#else
					return vec3( 0.0 );
				#endif
			}
		#endif
	#endif
#endif`,envmap_vertex:`#ifdef USE_ENVMAP
	#ifdef ENV_WORLDPOS
		vWorldPosition = worldPosition.xyz;
	#else
		vec3 cameraToVertex;
		if ( isOrthographic ) {
			cameraToVertex = normalize( vec3( - viewMatrix[ 0 ][ 2 ], - viewMatrix[ 1 ][ 2 ], - viewMatrix[ 2 ][ 2 ] ) );
		} else {
			cameraToVertex = normalize( worldPosition.xyz - cameraPosition );
		}
		vec3 worldNormal = transformNormalByInverseViewMatrix( transformedNormal, viewMatrix );
		#ifdef ENVMAP_MODE_REFLECTION
			vReflect = reflect( cameraToVertex, worldNormal );
		#else
			vReflect = refract( cameraToVertex, worldNormal, refractionRatio );
		#endif
	#endif
#endif`,fog_vertex:`#ifdef USE_FOG
	vFogDepth = - mvPosition.z;
#endif`,fog_pars_vertex:`#ifdef USE_FOG
	varying float vFogDepth;
#endif`,fog_fragment:`#ifdef USE_FOG
	#ifdef FOG_EXP2
		float fogFactor = 1.0 - exp( - fogDensity * fogDensity * vFogDepth * vFogDepth );
	#else
		float fogFactor = smoothstep( fogNear, fogFar, vFogDepth );
	#endif
	gl_FragColor.rgb = mix( gl_FragColor.rgb, fogColor, fogFactor );
#endif`,fog_pars_fragment:`#ifdef USE_FOG
	uniform vec3 fogColor;
	varying float vFogDepth;
	#ifdef FOG_EXP2
		uniform float fogDensity;
	#else
		uniform float fogNear;
		uniform float fogFar;
	#endif
#endif`,gradientmap_pars_fragment:`#ifdef USE_GRADIENTMAP
	uniform sampler2D gradientMap;
#endif
vec3 getGradientIrradiance( vec3 normal, vec3 lightDirection ) {
	float dotNL = dot( normal, lightDirection );
	vec2 coord = vec2( dotNL * 0.5 + 0.5, 0.0 );
	#ifdef USE_GRADIENTMAP
		return vec3( texture2D( gradientMap, coord ).r );
	#else
		vec2 fw = fwidth( coord ) * 0.5;
		return mix( vec3( 0.7 ), vec3( 1.0 ), smoothstep( 0.7 - fw.x, 0.7 + fw.x, coord.x ) );
	#endif
}`,lightmap_pars_fragment:`#ifdef USE_LIGHTMAP
	uniform sampler2D lightMap;
	uniform float lightMapIntensity;
#endif`,lights_lambert_fragment:`LambertMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.specularStrength = specularStrength;`,lights_lambert_pars_fragment:`varying vec3 vViewPosition;
struct LambertMaterial {
	vec3 diffuseColor;
	float specularStrength;
};
void RE_Direct_Lambert( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in LambertMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
void RE_IndirectDiffuse_Lambert( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in LambertMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_Lambert
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Lambert`,lights_pars_begin:`uniform bool receiveShadow;
uniform vec3 ambientLightColor;
#if defined( USE_LIGHT_PROBES )
	uniform vec3 lightProbe[ 9 ];
#endif
vec3 shGetIrradianceAt( in vec3 normal, in vec3 shCoefficients[ 9 ] ) {
	float x = normal.x, y = normal.y, z = normal.z;
	vec3 result = shCoefficients[ 0 ] * 0.886227;
	result += shCoefficients[ 1 ] * 2.0 * 0.511664 * y;
	result += shCoefficients[ 2 ] * 2.0 * 0.511664 * z;
	result += shCoefficients[ 3 ] * 2.0 * 0.511664 * x;
	result += shCoefficients[ 4 ] * 2.0 * 0.429043 * x * y;
	result += shCoefficients[ 5 ] * 2.0 * 0.429043 * y * z;
	result += shCoefficients[ 6 ] * ( 0.743125 * z * z - 0.247708 );
	result += shCoefficients[ 7 ] * 2.0 * 0.429043 * x * z;
	result += shCoefficients[ 8 ] * 0.429043 * ( x * x - y * y );
	return result;
}
vec3 getLightProbeIrradiance( const in vec3 lightProbe[ 9 ], const in vec3 normal ) {
	vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
	vec3 irradiance = shGetIrradianceAt( worldNormal, lightProbe );
	return irradiance;
}
vec3 getAmbientLightIrradiance( const in vec3 ambientLightColor ) {
	vec3 irradiance = ambientLightColor;
	return irradiance;
}
float getDistanceAttenuation( const in float lightDistance, const in float cutoffDistance, const in float decayExponent ) {
	float distanceFalloff = 1.0 / max( pow( lightDistance, decayExponent ), 0.01 );
	if ( cutoffDistance > 0.0 ) {
		distanceFalloff *= pow2( saturate( 1.0 - pow4( lightDistance / cutoffDistance ) ) );
	}
	return distanceFalloff;
}
float getSpotAttenuation( const in float coneCosine, const in float penumbraCosine, const in float angleCosine ) {
	return smoothstep( coneCosine, penumbraCosine, angleCosine );
}
#if NUM_SUN_LIGHTS > 0
	struct SunLight {
		vec3 direction;
		vec3 color;
	};
	uniform SunLight sunLights[ NUM_SUN_LIGHTS ];
	void getSunLightInfo( const in SunLight sunLight, out IncidentLight light ) {
		light.color = sunLight.color;
		light.direction = sunLight.direction;
		light.visible = true;
	}
#endif
#if NUM_DIR_LIGHTS > 0
	struct DirectionalLight {
		vec3 direction;
		vec3 color;
	};
	uniform DirectionalLight directionalLights[ NUM_DIR_LIGHTS ];
	void getDirectionalLightInfo( const in DirectionalLight directionalLight, out IncidentLight light ) {
		light.color = directionalLight.color;
		light.direction = directionalLight.direction;
		light.visible = true;
	}
#endif
#if NUM_POINT_LIGHTS > 0
	struct PointLight {
		vec3 position;
		vec3 color;
		float distance;
		float decay;
	};
	uniform PointLight pointLights[ NUM_POINT_LIGHTS ];
	void getPointLightInfo( const in PointLight pointLight, const in vec3 geometryPosition, out IncidentLight light ) {
		vec3 lVector = pointLight.position - geometryPosition;
		light.direction = normalize( lVector );
		float lightDistance = length( lVector );
		light.color = pointLight.color;
		light.color *= getDistanceAttenuation( lightDistance, pointLight.distance, pointLight.decay );
		light.visible = ( light.color != vec3( 0.0 ) );
	}
#endif
#if NUM_SPOT_LIGHTS > 0
	struct SpotLight {
		vec3 position;
		vec3 direction;
		vec3 color;
		float distance;
		float decay;
		float coneCos;
		float penumbraCos;
	};
	uniform SpotLight spotLights[ NUM_SPOT_LIGHTS ];
	void getSpotLightInfo( const in SpotLight spotLight, const in vec3 geometryPosition, out IncidentLight light ) {
		vec3 lVector = spotLight.position - geometryPosition;
		light.direction = normalize( lVector );
		float angleCos = dot( light.direction, spotLight.direction );
		float spotAttenuation = getSpotAttenuation( spotLight.coneCos, spotLight.penumbraCos, angleCos );
		if ( spotAttenuation > 0.0 ) {
			float lightDistance = length( lVector );
			light.color = spotLight.color * spotAttenuation;
			light.color *= getDistanceAttenuation( lightDistance, spotLight.distance, spotLight.decay );
			light.visible = ( light.color != vec3( 0.0 ) );
		} else {
			light.color = vec3( 0.0 );
			light.visible = false;
		}
	}
#endif
#if NUM_RECT_AREA_LIGHTS > 0
	struct RectAreaLight {
		vec3 color;
		vec3 position;
		vec3 halfWidth;
		vec3 halfHeight;
	};
	uniform sampler2D ltc_1;	uniform sampler2D ltc_2;
	uniform RectAreaLight rectAreaLights[ NUM_RECT_AREA_LIGHTS ];
#endif
#if NUM_HEMI_LIGHTS > 0
	struct HemisphereLight {
		vec3 direction;
		vec3 skyColor;
		vec3 groundColor;
	};
	uniform HemisphereLight hemisphereLights[ NUM_HEMI_LIGHTS ];
	vec3 getHemisphereLightIrradiance( const in HemisphereLight hemiLight, const in vec3 normal ) {
		float dotNL = dot( normal, hemiLight.direction );
		float hemiDiffuseWeight = 0.5 * dotNL + 0.5;
		vec3 irradiance = mix( hemiLight.groundColor, hemiLight.skyColor, hemiDiffuseWeight );
		return irradiance;
	}
#endif
#include <lightprobes_pars_fragment>`,lights_toon_fragment:`ToonMaterial material;
material.diffuseColor = diffuseColor.rgb;`,lights_toon_pars_fragment:`varying vec3 vViewPosition;
struct ToonMaterial {
	vec3 diffuseColor;
};
void RE_Direct_Toon( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in ToonMaterial material, inout ReflectedLight reflectedLight ) {
	vec3 irradiance = getGradientIrradiance( geometryNormal, directLight.direction ) * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
void RE_IndirectDiffuse_Toon( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in ToonMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_Toon
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Toon`,lights_phong_fragment:`BlinnPhongMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.specularColor = specular;
material.specularShininess = shininess;
material.specularStrength = specularStrength;`,lights_phong_pars_fragment:`varying vec3 vViewPosition;
struct BlinnPhongMaterial {
	vec3 diffuseColor;
	vec3 specularColor;
	float specularShininess;
	float specularStrength;
};
void RE_Direct_BlinnPhong( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in BlinnPhongMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
	reflectedLight.directSpecular += irradiance * BRDF_BlinnPhong( directLight.direction, geometryViewDir, geometryNormal, material.specularColor, material.specularShininess ) * material.specularStrength;
}
void RE_IndirectDiffuse_BlinnPhong( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in BlinnPhongMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_BlinnPhong
#define RE_IndirectDiffuse		RE_IndirectDiffuse_BlinnPhong`,lights_physical_fragment:`PhysicalMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.diffuseContribution = diffuseColor.rgb * ( 1.0 - metalnessFactor );
material.metalness = metalnessFactor;
vec3 dxy = max( abs( dFdx( nonPerturbedNormal ) ), abs( dFdy( nonPerturbedNormal ) ) );
float geometryRoughness = max( max( dxy.x, dxy.y ), dxy.z );
material.roughness = max( roughnessFactor, 0.045 );
material.roughness += geometryRoughness;
material.roughness = min( material.roughness, 1.0 );
#ifdef USE_DIFFUSE_ROUGHNESS
	float diffuseRoughnessFactor = diffuseRoughness;
	#ifdef USE_DIFFUSE_ROUGHNESSMAP
		diffuseRoughnessFactor *= texture2D( diffuseRoughnessMap, vDiffuseRoughnessMapUv ).r;
	#endif
	material.diffuseRoughness = saturate( diffuseRoughnessFactor );
#endif
#ifdef IOR
	material.ior = ior;
	#ifdef USE_SPECULAR
		float specularIntensityFactor = specularIntensity;
		vec3 specularColorFactor = specularColor;
		#ifdef USE_SPECULAR_COLORMAP
			specularColorFactor *= texture2D( specularColorMap, vSpecularColorMapUv ).rgb;
		#endif
		#ifdef USE_SPECULAR_INTENSITYMAP
			specularIntensityFactor *= texture2D( specularIntensityMap, vSpecularIntensityMapUv ).a;
		#endif
		material.specularF90 = mix( specularIntensityFactor, 1.0, metalnessFactor );
	#else
		float specularIntensityFactor = 1.0;
		vec3 specularColorFactor = vec3( 1.0 );
		material.specularF90 = 1.0;
	#endif
	material.specularColor = min( pow2( ( material.ior - 1.0 ) / ( material.ior + 1.0 ) ) * specularColorFactor, vec3( 1.0 ) ) * specularIntensityFactor;
	material.specularColorBlended = mix( material.specularColor, diffuseColor.rgb, metalnessFactor );
#else
	material.specularColor = vec3( 0.04 );
	material.specularColorBlended = mix( material.specularColor, diffuseColor.rgb, metalnessFactor );
	material.specularF90 = 1.0;
#endif
#ifdef USE_CLEARCOAT
	material.clearcoat = clearcoat;
	material.clearcoatRoughness = clearcoatRoughness;
	material.clearcoatF0 = vec3( 0.04 );
	material.clearcoatF90 = 1.0;
	#ifdef USE_CLEARCOATMAP
		material.clearcoat *= texture2D( clearcoatMap, vClearcoatMapUv ).x;
	#endif
	#ifdef USE_CLEARCOAT_ROUGHNESSMAP
		material.clearcoatRoughness *= texture2D( clearcoatRoughnessMap, vClearcoatRoughnessMapUv ).y;
	#endif
	material.clearcoat = saturate( material.clearcoat );	material.clearcoatRoughness = max( material.clearcoatRoughness, 0.045 );
	material.clearcoatRoughness += geometryRoughness;
	material.clearcoatRoughness = min( material.clearcoatRoughness, 1.0 );
#endif
#ifdef USE_DISPERSION
	material.dispersion = dispersion;
#endif
#ifdef USE_RETROREFLECTION
	material.retroreflectivity = retroreflectivity;
#endif
#ifdef USE_IRIDESCENCE
	material.iridescence = iridescence;
	material.iridescenceIOR = iridescenceIOR;
	#ifdef USE_IRIDESCENCEMAP
		material.iridescence *= texture2D( iridescenceMap, vIridescenceMapUv ).r;
	#endif
	#ifdef USE_IRIDESCENCE_THICKNESSMAP
		material.iridescenceThickness = (iridescenceThicknessMaximum - iridescenceThicknessMinimum) * texture2D( iridescenceThicknessMap, vIridescenceThicknessMapUv ).g + iridescenceThicknessMinimum;
	#else
		material.iridescenceThickness = iridescenceThicknessMaximum;
	#endif
#endif
#ifdef USE_SHEEN
	material.sheenColor = sheenColor;
	#ifdef USE_SHEEN_COLORMAP
		material.sheenColor *= texture2D( sheenColorMap, vSheenColorMapUv ).rgb;
	#endif
	material.sheenRoughness = clamp( sheenRoughness, 0.0001, 1.0 );
	#ifdef USE_SHEEN_ROUGHNESSMAP
		material.sheenRoughness *= texture2D( sheenRoughnessMap, vSheenRoughnessMapUv ).a;
	#endif
#endif
#ifdef USE_ANISOTROPY
	#ifdef USE_ANISOTROPYMAP
		mat2 anisotropyMat = mat2( anisotropyVector.x, anisotropyVector.y, - anisotropyVector.y, anisotropyVector.x );
		vec3 anisotropyPolar = texture2D( anisotropyMap, vAnisotropyMapUv ).rgb;
		vec2 anisotropyV = anisotropyMat * normalize( 2.0 * anisotropyPolar.rg - vec2( 1.0 ) ) * anisotropyPolar.b;
	#else
		vec2 anisotropyV = anisotropyVector;
	#endif
	material.anisotropy = length( anisotropyV );
	if( material.anisotropy == 0.0 ) {
		anisotropyV = vec2( 1.0, 0.0 );
	} else {
		anisotropyV /= material.anisotropy;
		material.anisotropy = saturate( material.anisotropy );
	}
	material.alphaT = mix( pow2( material.roughness ), 1.0, pow2( material.anisotropy ) );
	material.anisotropyT = tbn[ 0 ] * anisotropyV.x + tbn[ 1 ] * anisotropyV.y;
	material.anisotropyB = tbn[ 1 ] * anisotropyV.x - tbn[ 0 ] * anisotropyV.y;
#endif`,lights_physical_pars_fragment:`uniform sampler2D dfgLUT;
struct PhysicalMaterial {
	vec3 diffuseColor;
	vec3 diffuseContribution;
	vec3 specularColor;
	vec3 specularColorBlended;
	float roughness;
	float metalness;
	float specularF90;
	float dispersion;
	vec2 dfg;
	vec3 multiScatteringCompensation;
	#ifdef USE_DIFFUSE_ROUGHNESS
		float diffuseRoughness;
	#endif
	#ifdef USE_RETROREFLECTION
		float retroreflectivity;
	#endif
	#ifdef USE_CLEARCOAT
		float clearcoat;
		float clearcoatRoughness;
		vec3 clearcoatF0;
		float clearcoatF90;
	#endif
	#ifdef USE_IRIDESCENCE
		float iridescence;
		float iridescenceIOR;
		float iridescenceThickness;
		vec3 iridescenceFresnel;
		vec3 iridescenceF0Dielectric;
		vec3 iridescenceF0Metallic;
	#endif
	#ifdef USE_SHEEN
		vec3 sheenColor;
		float sheenRoughness;
	#endif
	#ifdef IOR
		float ior;
	#endif
	#ifdef USE_TRANSMISSION
		float transmission;
		float transmissionAlpha;
		float thickness;
		float attenuationDistance;
		vec3 attenuationColor;
	#endif
	#ifdef USE_ANISOTROPY
		float anisotropy;
		float alphaT;
		vec3 anisotropyT;
		vec3 anisotropyB;
	#endif
};
vec3 clearcoatSpecularDirect = vec3( 0.0 );
vec3 clearcoatSpecularIndirect = vec3( 0.0 );
vec3 sheenSpecularDirect = vec3( 0.0 );
vec3 sheenSpecularIndirect = vec3(0.0 );
vec3 Schlick_to_F0( const in vec3 f, const in float f90, const in float dotVH ) {
    float x = clamp( 1.0 - dotVH, 0.0, 1.0 );
    float x2 = x * x;
    float x5 = clamp( x * x2 * x2, 0.0, 0.9999 );
    return ( f - vec3( f90 ) * x5 ) / ( 1.0 - x5 );
}
#ifdef USE_DIFFUSE_ROUGHNESS
	const float EON_EPSILON = 1e-7;
	float FON_DirectionalAlbedo( const in float mu, const in float roughness, const in float A ) {
		float muComp = 1.0 - mu;
		float gOverPi = muComp * ( 0.0571085289 + muComp * ( 0.491881867 + muComp * ( - 0.332181442 + muComp * 0.0714429953 ) ) );
		return A * ( 1.0 + roughness * gOverPi );
	}
	vec3 BRDF_EON( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in vec3 diffuseColor, const in float roughness ) {
		vec3 rho = saturate( diffuseColor );
		if ( roughness <= EON_EPSILON ) return BRDF_Lambert( rho );
		float dotNL = saturate( dot( normal, lightDir ) );
		float dotNV = saturate( dot( normal, viewDir ) );
		float s = dot( lightDir, viewDir ) - dotNL * dotNV;
		float sOverT = ( s > 0.0 ) ? s / max( max( dotNL, dotNV ), EON_EPSILON ) : s;
		float A = 1.0 / ( 1.0 + ( 0.5 - 2.0 / ( 3.0 * PI ) ) * roughness );
		vec3 singleScatter = rho * RECIPROCAL_PI * A * ( 1.0 + roughness * sOverT );
		float averageAlbedo = A * ( 1.0 + ( 2.0 / 3.0 - 28.0 / ( 15.0 * PI ) ) * roughness );
		float albedoV = FON_DirectionalAlbedo( dotNV, roughness, A );
		float albedoL = FON_DirectionalAlbedo( dotNL, roughness, A );
		vec3 rhoMultiScatter = rho * rho * averageAlbedo / max( vec3( EON_EPSILON ), vec3( 1.0 ) - rho * ( 1.0 - averageAlbedo ) );
		vec3 multiScatter = rhoMultiScatter * RECIPROCAL_PI
			* max( EON_EPSILON, 1.0 - albedoV )
			* max( EON_EPSILON, 1.0 - albedoL )
			/ max( EON_EPSILON, 1.0 - averageAlbedo );
		return singleScatter + multiScatter;
	}
	vec3 EON_DirectionalAlbedo( const in vec3 diffuseColor, const in float roughness, const in float dotNV ) {
		vec3 rho = saturate( diffuseColor );
		if ( roughness <= EON_EPSILON ) return rho;
		float A = 1.0 / ( 1.0 + ( 0.5 - 2.0 / ( 3.0 * PI ) ) * roughness );
		float directionalAlbedo = FON_DirectionalAlbedo( dotNV, roughness, A );
		float averageAlbedo = A * ( 1.0 + ( 2.0 / 3.0 - 28.0 / ( 15.0 * PI ) ) * roughness );
		vec3 rhoMultiScatter = rho * rho * averageAlbedo / max( vec3( EON_EPSILON ), vec3( 1.0 ) - rho * ( 1.0 - averageAlbedo ) );
		return rho * directionalAlbedo + rhoMultiScatter * ( 1.0 - directionalAlbedo );
	}
#endif
float V_GGX_SmithCorrelated( const in float alpha, const in float dotNL, const in float dotNV ) {
	float a2 = pow2( alpha );
	float gv = dotNL * sqrt( a2 + ( 1.0 - a2 ) * pow2( dotNV ) );
	float gl = dotNV * sqrt( a2 + ( 1.0 - a2 ) * pow2( dotNL ) );
	return 0.5 / max( gv + gl, EPSILON );
}
float D_GGX( const in float alpha, const in float dotNH ) {
	float a2 = pow2( alpha );
	float denom = pow2( dotNH ) * ( a2 - 1.0 ) + 1.0;
	return RECIPROCAL_PI * a2 / pow2( denom );
}
#ifdef USE_ANISOTROPY
	float V_GGX_SmithCorrelated_Anisotropic( const in float alphaT, const in float alphaB, const in float dotTV, const in float dotBV, const in float dotTL, const in float dotBL, const in float dotNV, const in float dotNL ) {
		float gv = dotNL * length( vec3( alphaT * dotTV, alphaB * dotBV, dotNV ) );
		float gl = dotNV * length( vec3( alphaT * dotTL, alphaB * dotBL, dotNL ) );
		return 0.5 / max( gv + gl, EPSILON );
	}
	float D_GGX_Anisotropic( const in float alphaT, const in float alphaB, const in float dotNH, const in float dotTH, const in float dotBH ) {
		float a2 = alphaT * alphaB;
		highp vec3 v = vec3( alphaB * dotTH, alphaT * dotBH, a2 * dotNH );
		highp float v2 = dot( v, v );
		float w2 = a2 / v2;
		return RECIPROCAL_PI * a2 * pow2 ( w2 );
	}
#endif
#ifdef USE_CLEARCOAT
	vec3 BRDF_GGX_Clearcoat( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in PhysicalMaterial material) {
		vec3 f0 = material.clearcoatF0;
		float f90 = material.clearcoatF90;
		float roughness = max( material.clearcoatRoughness, 0.045 );
		float alpha = pow2( roughness );
		vec3 halfDir = normalize( lightDir + viewDir );
		float dotNL = saturate( dot( normal, lightDir ) );
		float dotNV = saturate( dot( normal, viewDir ) );
		float dotNH = saturate( dot( normal, halfDir ) );
		float dotVH = saturate( dot( viewDir, halfDir ) );
		vec3 F = F_Schlick( f0, f90, dotVH );
		float V = V_GGX_SmithCorrelated( alpha, dotNL, dotNV );
		float D = D_GGX( alpha, dotNH );
		return F * ( V * D );
	}
#endif
vec3 BRDF_GGX( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in PhysicalMaterial material ) {
	vec3 f0 = material.specularColorBlended;
	float f90 = material.specularF90;
	float roughness = max( material.roughness, 0.045 );
	float alpha = pow2( roughness );
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNL = saturate( dot( normal, lightDir ) );
	float dotNV = saturate( dot( normal, viewDir ) );
	float dotNH = saturate( dot( normal, halfDir ) );
	float dotVH = saturate( dot( viewDir, halfDir ) );
	vec3 F = F_Schlick( f0, f90, dotVH );
	#ifdef USE_IRIDESCENCE
		F = mix( F, material.iridescenceFresnel, material.iridescence );
	#endif
	#ifdef USE_ANISOTROPY
		float dotTL = dot( material.anisotropyT, lightDir );
		float dotTV = dot( material.anisotropyT, viewDir );
		float dotTH = dot( material.anisotropyT, halfDir );
		float dotBL = dot( material.anisotropyB, lightDir );
		float dotBV = dot( material.anisotropyB, viewDir );
		float dotBH = dot( material.anisotropyB, halfDir );
		float alphaT = max( material.alphaT, alpha );
		float V = V_GGX_SmithCorrelated_Anisotropic( alphaT, alpha, dotTV, dotBV, dotTL, dotBL, dotNV, dotNL );
		float D = D_GGX_Anisotropic( alphaT, alpha, dotNH, dotTH, dotBH );
	#else
		float V = V_GGX_SmithCorrelated( alpha, dotNL, dotNV );
		float D = D_GGX( alpha, dotNH );
	#endif
	return F * ( V * D );
}
vec2 LTC_Uv( const in vec3 N, const in vec3 V, const in float roughness ) {
	const float LUT_SIZE = 64.0;
	const float LUT_SCALE = ( LUT_SIZE - 1.0 ) / LUT_SIZE;
	const float LUT_BIAS = 0.5 / LUT_SIZE;
	float dotNV = saturate( dot( N, V ) );
	vec2 uv = vec2( roughness, sqrt( 1.0 - dotNV ) );
	uv = uv * LUT_SCALE + LUT_BIAS;
	return uv;
}
float LTC_ClippedSphereFormFactor( const in vec3 f ) {
	float l = length( f );
	return max( ( l * l + f.z ) / ( l + 1.0 ), 0.0 );
}
vec3 LTC_EdgeVectorFormFactor( const in vec3 v1, const in vec3 v2 ) {
	float x = dot( v1, v2 );
	float y = abs( x );
	float a = 0.8543985 + ( 0.4965155 + 0.0145206 * y ) * y;
	float b = 3.4175940 + ( 4.1616724 + y ) * y;
	float v = a / b;
	float theta_sintheta = ( x > 0.0 ) ? v : 0.5 * inversesqrt( max( 1.0 - x * x, 1e-7 ) ) - v;
	return cross( v1, v2 ) * theta_sintheta;
}
vec3 LTC_Evaluate( const in vec3 N, const in vec3 V, const in vec3 P, const in mat3 mInv, const in vec3 rectCoords[ 4 ] ) {
	vec3 v1 = rectCoords[ 1 ] - rectCoords[ 0 ];
	vec3 v2 = rectCoords[ 3 ] - rectCoords[ 0 ];
	vec3 lightNormal = cross( v1, v2 );
	if( dot( lightNormal, P - rectCoords[ 0 ] ) < 0.0 ) return vec3( 0.0 );
	vec3 T1, T2;
	T1 = normalize( V - N * dot( V, N ) );
	T2 = - cross( N, T1 );
	mat3 mat = mInv * transpose( mat3( T1, T2, N ) );
	vec3 coords[ 4 ];
	coords[ 0 ] = mat * ( rectCoords[ 0 ] - P );
	coords[ 1 ] = mat * ( rectCoords[ 1 ] - P );
	coords[ 2 ] = mat * ( rectCoords[ 2 ] - P );
	coords[ 3 ] = mat * ( rectCoords[ 3 ] - P );
	coords[ 0 ] = normalize( coords[ 0 ] );
	coords[ 1 ] = normalize( coords[ 1 ] );
	coords[ 2 ] = normalize( coords[ 2 ] );
	coords[ 3 ] = normalize( coords[ 3 ] );
	vec3 vectorFormFactor = vec3( 0.0 );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 0 ], coords[ 1 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 1 ], coords[ 2 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 2 ], coords[ 3 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 3 ], coords[ 0 ] );
	float result = LTC_ClippedSphereFormFactor( vectorFormFactor );
	return vec3( result );
}
#if defined( USE_SHEEN )
float D_Charlie( float roughness, float dotNH ) {
	float alpha = pow2( roughness );
	float invAlpha = 1.0 / alpha;
	float cos2h = dotNH * dotNH;
	float sin2h = max( 1.0 - cos2h, 0.0078125 );
	return ( 2.0 + invAlpha ) * pow( sin2h, invAlpha * 0.5 ) / ( 2.0 * PI );
}
float V_Neubelt( float dotNV, float dotNL ) {
	return saturate( 1.0 / ( 4.0 * ( dotNL + dotNV - dotNL * dotNV ) ) );
}
vec3 BRDF_Sheen( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, vec3 sheenColor, const in float sheenRoughness ) {
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNL = saturate( dot( normal, lightDir ) );
	float dotNV = saturate( dot( normal, viewDir ) );
	float dotNH = saturate( dot( normal, halfDir ) );
	float D = D_Charlie( sheenRoughness, dotNH );
	float V = V_Neubelt( dotNV, dotNL );
	return sheenColor * ( D * V );
}
#endif
float IBLSheenBRDF( const in vec3 normal, const in vec3 viewDir, const in float roughness ) {
	float dotNV = saturate( dot( normal, viewDir ) );
	float r2 = roughness * roughness;
	float rInv = 1.0 / ( roughness + 0.1 );
	float a = -1.9362 + 1.0678 * roughness + 0.4573 * r2 - 0.8469 * rInv;
	float b = -0.6014 + 0.5538 * roughness - 0.4670 * r2 - 0.1255 * rInv;
	float DG = exp( a * dotNV + b );
	return saturate( DG );
}
vec3 EnvironmentBRDF( const in vec3 normal, const in vec3 viewDir, const in vec3 specularColor, const in float specularF90, const in float roughness ) {
	float dotNV = saturate( dot( normal, viewDir ) );
	vec2 fab = texture2D( dfgLUT, vec2( roughness, dotNV ) ).rg;
	return specularColor * fab.x + specularF90 * fab.y;
}
#ifdef USE_IRIDESCENCE
void computeMultiscatteringIridescence( const in vec2 fab, const in vec3 specularColor, const in float specularF90, const in float iridescence, const in vec3 iridescenceF0, inout vec3 singleScatter, inout vec3 multiScatter ) {
#else
void computeMultiscattering( const in vec2 fab, const in vec3 specularColor, const in float specularF90, inout vec3 singleScatter, inout vec3 multiScatter ) {
#endif
	#ifdef USE_IRIDESCENCE
		vec3 Fr = mix( specularColor, iridescenceF0, iridescence );
	#else
		vec3 Fr = specularColor;
	#endif
	vec3 FssEss = Fr * fab.x + specularF90 * fab.y;
	float Ess = fab.x + fab.y;
	float Ems = 1.0 - Ess;
	vec3 Favg = Fr + ( 1.0 - Fr ) * 0.047619;	vec3 Fms = FssEss * Favg / ( 1.0 - Ems * Favg );
	singleScatter += FssEss;
	multiScatter += Fms * Ems;
}
#if NUM_RECT_AREA_LIGHTS > 0
	void RE_Direct_RectArea_Physical( const in RectAreaLight rectAreaLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
		vec3 normal = geometryNormal;
		vec3 viewDir = geometryViewDir;
		vec3 position = geometryPosition;
		vec3 lightPos = rectAreaLight.position;
		vec3 halfWidth = rectAreaLight.halfWidth;
		vec3 halfHeight = rectAreaLight.halfHeight;
		vec3 lightColor = rectAreaLight.color;
		float roughness = material.roughness;
		vec3 rectCoords[ 4 ];
		rectCoords[ 0 ] = lightPos + halfWidth - halfHeight;		rectCoords[ 1 ] = lightPos - halfWidth - halfHeight;
		rectCoords[ 2 ] = lightPos - halfWidth + halfHeight;
		rectCoords[ 3 ] = lightPos + halfWidth + halfHeight;
		vec2 uv = LTC_Uv( normal, viewDir, roughness );
		vec4 t1 = texture2D( ltc_1, uv );
		vec4 t2 = texture2D( ltc_2, uv );
		mat3 mInv = mat3(
			vec3( t1.x, 0, t1.y ),
			vec3(    0, 1,    0 ),
			vec3( t1.z, 0, t1.w )
		);
		vec3 fresnel = ( material.specularColorBlended * t2.x + ( material.specularF90 - material.specularColorBlended ) * t2.y );
		reflectedLight.directSpecular += lightColor * fresnel * LTC_Evaluate( normal, viewDir, position, mInv, rectCoords );
		reflectedLight.directDiffuse += lightColor * material.diffuseContribution * LTC_Evaluate( normal, viewDir, position, mat3( 1.0 ), rectCoords );
		#ifdef USE_CLEARCOAT
			vec3 Ncc = geometryClearcoatNormal;
			vec2 uvClearcoat = LTC_Uv( Ncc, viewDir, material.clearcoatRoughness );
			vec4 t1Clearcoat = texture2D( ltc_1, uvClearcoat );
			vec4 t2Clearcoat = texture2D( ltc_2, uvClearcoat );
			mat3 mInvClearcoat = mat3(
				vec3( t1Clearcoat.x, 0, t1Clearcoat.y ),
				vec3(             0, 1,             0 ),
				vec3( t1Clearcoat.z, 0, t1Clearcoat.w )
			);
			vec3 fresnelClearcoat = material.clearcoatF0 * t2Clearcoat.x + ( material.clearcoatF90 - material.clearcoatF0 ) * t2Clearcoat.y;
			clearcoatSpecularDirect += lightColor * fresnelClearcoat * LTC_Evaluate( Ncc, viewDir, position, mInvClearcoat, rectCoords );
		#endif
	}
#endif
void RE_Direct_Physical( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	#ifdef USE_CLEARCOAT
		float dotNLcc = saturate( dot( geometryClearcoatNormal, directLight.direction ) );
		vec3 ccIrradiance = dotNLcc * directLight.color;
		clearcoatSpecularDirect += ccIrradiance * BRDF_GGX_Clearcoat( directLight.direction, geometryViewDir, geometryClearcoatNormal, material );
	#endif
	#ifdef USE_SHEEN
 
 		sheenSpecularDirect += irradiance * BRDF_Sheen( directLight.direction, geometryViewDir, geometryNormal, material.sheenColor, material.sheenRoughness );
 
 		float sheenAlbedoV = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
 		float sheenAlbedoL = IBLSheenBRDF( geometryNormal, directLight.direction, material.sheenRoughness );
 
 		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * max( sheenAlbedoV, sheenAlbedoL );
 
 		irradiance *= sheenEnergyComp;
 
 	#endif
	vec3 specularBRDF = BRDF_GGX( directLight.direction, geometryViewDir, geometryNormal, material );
	#ifdef USE_RETROREFLECTION
		vec3 retroViewDir = reflect( - geometryViewDir, geometryNormal );
		vec3 retroSpecularBRDF = BRDF_GGX( directLight.direction, retroViewDir, geometryNormal, material );
		specularBRDF = mix( specularBRDF, retroSpecularBRDF, saturate( material.retroreflectivity ) );
	#endif
	reflectedLight.directSpecular += irradiance * specularBRDF * material.multiScatteringCompensation;
	vec3 halfDir = normalize( directLight.direction + geometryViewDir );
	float dotVH = saturate( dot( geometryViewDir, halfDir ) );
	vec3 F = F_Schlick( material.specularColor, material.specularF90, dotVH );
	#ifdef USE_RETROREFLECTION
		vec3 retroHalfDir = normalize( directLight.direction + retroViewDir );
		float dotRetroVH = saturate( dot( retroViewDir, retroHalfDir ) );
		vec3 retroF = F_Schlick( material.specularColor, material.specularF90, dotRetroVH );
		F = mix( F, retroF, saturate( material.retroreflectivity ) );
	#endif
	#ifdef USE_DIFFUSE_ROUGHNESS
		vec3 diffuseBRDF = BRDF_EON( directLight.direction, geometryViewDir, geometryNormal, material.diffuseColor, material.diffuseRoughness ) * ( 1.0 - material.metalness );
	#else
		vec3 diffuseBRDF = BRDF_Lambert( material.diffuseContribution );
	#endif
	reflectedLight.directDiffuse += irradiance * diffuseBRDF * ( 1.0 - F );
}
void RE_IndirectDiffuse_Physical( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
	vec3 singleScattering = vec3( 0.0 );
	vec3 multiScattering = vec3( 0.0 );
	#ifdef USE_IRIDESCENCE
		computeMultiscatteringIridescence( material.dfg, material.specularColor, material.specularF90, material.iridescence, material.iridescenceF0Dielectric, singleScattering, multiScattering );
	#else
		computeMultiscattering( material.dfg, material.specularColor, material.specularF90, singleScattering, multiScattering );
	#endif
	#ifdef USE_DIFFUSE_ROUGHNESS
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		vec3 diffuseAlbedo = EON_DirectionalAlbedo( material.diffuseColor, material.diffuseRoughness, dotNV ) * ( 1.0 - material.metalness );
		vec3 diffuse = irradiance * RECIPROCAL_PI * diffuseAlbedo * ( 1.0 - singleScattering - multiScattering );
	#else
		vec3 diffuse = irradiance * BRDF_Lambert( material.diffuseContribution ) * ( 1.0 - singleScattering - multiScattering );
	#endif
	#ifdef USE_SHEEN
		float sheenAlbedo = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
		sheenSpecularIndirect += irradiance * material.sheenColor * sheenAlbedo * RECIPROCAL_PI;
		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * sheenAlbedo;
		diffuse *= sheenEnergyComp;
	#endif
	reflectedLight.indirectDiffuse += diffuse;
}
void RE_IndirectSpecular_Physical( const in vec3 radiance, const in vec3 irradiance, const in vec3 clearcoatRadiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
	#ifdef USE_CLEARCOAT
		clearcoatSpecularIndirect += clearcoatRadiance * EnvironmentBRDF( geometryClearcoatNormal, geometryViewDir, material.clearcoatF0, material.clearcoatF90, material.clearcoatRoughness );
	#endif
	#ifdef USE_SHEEN
		sheenSpecularIndirect += irradiance * material.sheenColor * IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness ) * RECIPROCAL_PI;
 	#endif
	vec3 singleScatteringDielectric = vec3( 0.0 );
	vec3 multiScatteringDielectric = vec3( 0.0 );
	vec3 singleScatteringMetallic = vec3( 0.0 );
	vec3 multiScatteringMetallic = vec3( 0.0 );
	#ifdef USE_IRIDESCENCE
		computeMultiscatteringIridescence( material.dfg, material.specularColor, material.specularF90, material.iridescence, material.iridescenceF0Dielectric, singleScatteringDielectric, multiScatteringDielectric );
		computeMultiscatteringIridescence( material.dfg, material.diffuseColor, material.specularF90, material.iridescence, material.iridescenceF0Metallic, singleScatteringMetallic, multiScatteringMetallic );
	#else
		computeMultiscattering( material.dfg, material.specularColor, material.specularF90, singleScatteringDielectric, multiScatteringDielectric );
		computeMultiscattering( material.dfg, material.diffuseColor, material.specularF90, singleScatteringMetallic, multiScatteringMetallic );
	#endif
	vec3 singleScattering = mix( singleScatteringDielectric, singleScatteringMetallic, material.metalness );
	vec3 multiScattering = mix( multiScatteringDielectric, multiScatteringMetallic, material.metalness );
	vec3 totalScatteringDielectric = singleScatteringDielectric + multiScatteringDielectric;
	#ifdef USE_DIFFUSE_ROUGHNESS
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		vec3 diffuse = EON_DirectionalAlbedo( material.diffuseColor, material.diffuseRoughness, dotNV ) * ( 1.0 - material.metalness ) * ( 1.0 - totalScatteringDielectric );
	#else
		vec3 diffuse = material.diffuseContribution * ( 1.0 - totalScatteringDielectric );
	#endif
	vec3 cosineWeightedIrradiance = irradiance * RECIPROCAL_PI;
	vec3 indirectSpecular = radiance * singleScattering;
	indirectSpecular += multiScattering * cosineWeightedIrradiance;
	vec3 indirectDiffuse = diffuse * cosineWeightedIrradiance;
	#ifdef USE_SHEEN
		float sheenAlbedo = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * sheenAlbedo;
		indirectSpecular *= sheenEnergyComp;
		indirectDiffuse *= sheenEnergyComp;
	#endif
	reflectedLight.indirectSpecular += indirectSpecular;
	reflectedLight.indirectDiffuse += indirectDiffuse;
}
#define RE_Direct				RE_Direct_Physical
#define RE_Direct_RectArea		RE_Direct_RectArea_Physical
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Physical
#define RE_IndirectSpecular		RE_IndirectSpecular_Physical
float computeSpecularOcclusion( const in float dotNV, const in float ambientOcclusion, const in float roughness ) {
	return saturate( pow( dotNV + ambientOcclusion, exp2( - 16.0 * roughness - 1.0 ) ) - 1.0 + ambientOcclusion );
}`,lights_fragment_begin:`
vec3 geometryPosition = - vViewPosition;
vec3 geometryNormal = normal;
vec3 geometryViewDir = ( isOrthographic ) ? vec3( 0, 0, 1 ) : normalize( vViewPosition );
vec3 geometryClearcoatNormal = vec3( 0.0 );
#ifdef USE_CLEARCOAT
	geometryClearcoatNormal = clearcoatNormal;
#endif
#ifdef USE_IRIDESCENCE
	float dotNVi = saturate( dot( normal, geometryViewDir ) );
	if ( material.iridescenceThickness == 0.0 ) {
		material.iridescence = 0.0;
	} else {
		material.iridescence = saturate( material.iridescence );
	}
	if ( material.iridescence > 0.0 ) {
		vec3 iridescenceFresnelDielectric = evalIridescence( 1.0, material.iridescenceIOR, dotNVi, material.iridescenceThickness, material.specularColor );
		vec3 iridescenceFresnelMetallic = evalIridescence( 1.0, material.iridescenceIOR, dotNVi, material.iridescenceThickness, material.diffuseColor );
		material.iridescenceFresnel = mix( iridescenceFresnelDielectric, iridescenceFresnelMetallic, material.metalness );
		material.iridescenceF0Dielectric = Schlick_to_F0( iridescenceFresnelDielectric, 1.0, dotNVi );
		material.iridescenceF0Metallic = Schlick_to_F0( iridescenceFresnelMetallic, 1.0, dotNVi );
	}
#endif
#ifdef STANDARD
	float dotNVms = saturate( dot( geometryNormal, geometryViewDir ) );
	material.dfg = texture2D( dfgLUT, vec2( material.roughness, dotNVms ) ).rg;
	#if ( NUM_SUN_LIGHTS > 0 || NUM_DIR_LIGHTS > 0 || NUM_POINT_LIGHTS > 0 || NUM_SPOT_LIGHTS > 0 )
		float EssMs = material.dfg.x + material.dfg.y;
		material.multiScatteringCompensation = 1.0 + material.specularColorBlended * ( 1.0 / EssMs - 1.0 );
	#endif
#endif
IncidentLight directLight;
#if ( NUM_POINT_LIGHTS > 0 ) && defined( RE_Direct )
	PointLight pointLight;
	#if defined( USE_SHADOWMAP ) && NUM_POINT_LIGHT_SHADOWS > 0
	PointLightShadow pointLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_POINT_LIGHTS; i ++ ) {
		pointLight = pointLights[ i ];
		getPointLightInfo( pointLight, geometryPosition, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_POINT_LIGHT_SHADOWS ) && ( defined( SHADOWMAP_TYPE_PCF ) || defined( SHADOWMAP_TYPE_BASIC ) )
		pointLightShadow = pointLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getPointShadow( pointShadowMap[ i ], pointLightShadow.shadowMapSize, pointLightShadow.shadowIntensity, pointLightShadow.shadowBias, pointLightShadow.shadowRadius, vPointShadowCoord[ i ], pointLightShadow.shadowCameraNear, pointLightShadow.shadowCameraFar ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_SPOT_LIGHTS > 0 ) && defined( RE_Direct )
	SpotLight spotLight;
	vec4 spotColor;
	vec3 spotLightCoord;
	bool inSpotLightMap;
	#if defined( USE_SHADOWMAP ) && NUM_SPOT_LIGHT_SHADOWS > 0
	SpotLightShadow spotLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHTS; i ++ ) {
		spotLight = spotLights[ i ];
		getSpotLightInfo( spotLight, geometryPosition, directLight );
		#if ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS )
		#define SPOT_LIGHT_MAP_INDEX UNROLLED_LOOP_INDEX
		#elif ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
		#define SPOT_LIGHT_MAP_INDEX NUM_SPOT_LIGHT_MAPS
		#else
		#define SPOT_LIGHT_MAP_INDEX ( UNROLLED_LOOP_INDEX - NUM_SPOT_LIGHT_SHADOWS + NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS )
		#endif
		#if ( SPOT_LIGHT_MAP_INDEX < NUM_SPOT_LIGHT_MAPS )
			spotLightCoord = vSpotLightCoord[ i ].xyz / vSpotLightCoord[ i ].w;
			inSpotLightMap = all( lessThan( abs( spotLightCoord * 2. - 1. ), vec3( 1.0 ) ) );
			spotColor = texture2D( spotLightMap[ SPOT_LIGHT_MAP_INDEX ], spotLightCoord.xy );
			directLight.color = inSpotLightMap ? directLight.color * spotColor.rgb : directLight.color;
		#endif
		#undef SPOT_LIGHT_MAP_INDEX
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
		spotLightShadow = spotLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getShadow( spotShadowMap[ i ], spotLightShadow.shadowMapSize, spotLightShadow.shadowIntensity, spotLightShadow.shadowBias, spotLightShadow.shadowRadius, vSpotLightCoord[ i ] ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_SUN_LIGHTS > 0 ) && defined( RE_Direct )
	SunLight sunLight;
	#if defined( USE_SHADOWMAP ) && NUM_SUN_LIGHT_SHADOWS > 0
	SunLightShadow sunLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SUN_LIGHTS; i ++ ) {
		sunLight = sunLights[ i ];
		getSunLightInfo( sunLight, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_SUN_LIGHT_SHADOWS )
		sunLightShadow = sunLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getSunShadow( sunShadowMap[ i ], sunLightShadow, UNROLLED_LOOP_INDEX ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_DIR_LIGHTS > 0 ) && defined( RE_Direct )
	DirectionalLight directionalLight;
	#if defined( USE_SHADOWMAP ) && NUM_DIR_LIGHT_SHADOWS > 0
	DirectionalLightShadow directionalLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_DIR_LIGHTS; i ++ ) {
		directionalLight = directionalLights[ i ];
		getDirectionalLightInfo( directionalLight, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_DIR_LIGHT_SHADOWS )
		directionalLightShadow = directionalLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getShadow( directionalShadowMap[ i ], directionalLightShadow.shadowMapSize, directionalLightShadow.shadowIntensity, directionalLightShadow.shadowBias, directionalLightShadow.shadowRadius, vDirectionalShadowCoord[ i ] ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_RECT_AREA_LIGHTS > 0 ) && defined( RE_Direct_RectArea )
	RectAreaLight rectAreaLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_RECT_AREA_LIGHTS; i ++ ) {
		rectAreaLight = rectAreaLights[ i ];
		RE_Direct_RectArea( rectAreaLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if defined( RE_IndirectDiffuse )
	vec3 iblIrradiance = vec3( 0.0 );
	vec3 irradiance = getAmbientLightIrradiance( ambientLightColor );
	#if defined( USE_LIGHT_PROBES )
		irradiance += getLightProbeIrradiance( lightProbe, geometryNormal );
	#endif
	#if ( NUM_HEMI_LIGHTS > 0 )
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_HEMI_LIGHTS; i ++ ) {
			irradiance += getHemisphereLightIrradiance( hemisphereLights[ i ], geometryNormal );
		}
		#pragma unroll_loop_end
	#endif
	#if NUM_LIGHT_PROBE_GRIDS > 0
		vec3 probeWorldPos = ( ( vec4( geometryPosition, 1.0 ) - viewMatrix[ 3 ] ) * viewMatrix ).xyz;
		vec3 probeWorldNormal = transformNormalByInverseViewMatrix( geometryNormal, viewMatrix );
		int probeGrid = - 1;
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_LIGHT_PROBE_GRIDS; i ++ ) {
			if ( isInsideLightProbeGrid( probeWorldPos, probeWorldNormal, probesMin[ i ], probesMax[ i ], probesResolution[ i ] ) ) probeGrid = UNROLLED_LOOP_INDEX;
		}
		#pragma unroll_loop_end
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_LIGHT_PROBE_GRIDS; i ++ ) {
			if ( probeGrid == UNROLLED_LOOP_INDEX ) irradiance += getLightProbeGridIrradiance( probesSH[ i ], probesMin[ i ], probesMax[ i ], probesResolution[ i ], probeWorldPos, probeWorldNormal );
		}
		#pragma unroll_loop_end
	#endif
#endif
#if defined( RE_IndirectSpecular )
	vec3 radiance = vec3( 0.0 );
	vec3 clearcoatRadiance = vec3( 0.0 );
#endif`,lights_fragment_maps:`#if defined( RE_IndirectDiffuse )
	#ifdef USE_LIGHTMAP
		vec4 lightMapTexel = texture2D( lightMap, vLightMapUv );
		vec3 lightMapIrradiance = lightMapTexel.rgb * lightMapIntensity;
		irradiance += lightMapIrradiance;
	#endif
	#if defined( USE_ENVMAP ) && defined( ENVMAP_TYPE_PMREM )
		#if defined( STANDARD ) || defined( LAMBERT ) || defined( PHONG )
			iblIrradiance += getIBLIrradiance( geometryNormal );
		#endif
	#endif
#endif
#if defined( USE_ENVMAP ) && defined( RE_IndirectSpecular )
	#ifdef USE_ANISOTROPY
		vec3 iblRadiance = getIBLAnisotropyRadiance( geometryViewDir, geometryNormal, material.roughness, material.anisotropyB, material.anisotropy );
	#else
		vec3 iblRadiance = getIBLRadiance( geometryViewDir, geometryNormal, material.roughness );
	#endif
	#ifdef USE_RETROREFLECTION
		#ifdef USE_ANISOTROPY
			vec3 retroIBLRadiance = getIBLAnisotropyRetroRadiance( geometryViewDir, geometryNormal, material.roughness, material.anisotropyB, material.anisotropy );
		#else
			vec3 retroIBLRadiance = getIBLRetroRadiance( geometryViewDir, geometryNormal, material.roughness );
		#endif
		iblRadiance = mix( iblRadiance, retroIBLRadiance, saturate( material.retroreflectivity ) );
	#endif
	radiance += iblRadiance;
	#ifdef USE_CLEARCOAT
		clearcoatRadiance += getIBLRadiance( geometryViewDir, geometryClearcoatNormal, material.clearcoatRoughness );
	#endif
#endif`,lights_fragment_end:`#if defined( RE_IndirectDiffuse )
	#if defined( LAMBERT ) || defined( PHONG )
		irradiance += iblIrradiance;
	#endif
	RE_IndirectDiffuse( irradiance, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
#endif
#if defined( RE_IndirectSpecular )
	RE_IndirectSpecular( radiance, iblIrradiance, clearcoatRadiance, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
#endif`,lightprobes_pars_fragment:`#if NUM_LIGHT_PROBE_GRIDS > 0
uniform highp sampler3D probesSH[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesMin[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesMax[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesResolution[ NUM_LIGHT_PROBE_GRIDS ];
bool isInsideLightProbeGrid( vec3 worldPos, vec3 worldNormal, vec3 probesMin, vec3 probesMax, vec3 probesResolution ) {
	vec3 spacing = ( probesMax - probesMin ) / probesResolution;
	vec3 samplePos = worldPos + worldNormal * spacing * 0.5;
	vec3 margin = spacing * 0.01;
	return all( greaterThanEqual( samplePos, probesMin - margin ) ) && all( lessThanEqual( samplePos, probesMax + margin ) );
}
vec3 getLightProbeGridIrradiance( highp sampler3D probesSH, vec3 probesMin, vec3 probesMax, vec3 probesResolution, vec3 worldPos, vec3 worldNormal ) {
	vec3 res = probesResolution;
	vec3 gridRange = probesMax - probesMin;
	vec3 probeSpacing = gridRange / res;
	vec3 samplePos = worldPos + worldNormal * probeSpacing * 0.5;
	vec3 uvw = clamp( ( samplePos - probesMin ) / gridRange, 0.5 / res, 1.0 - 0.5 / res );
	float nz          = res.z;
	float paddedSlices = nz + 2.0;
	float atlasDepth  = 7.0 * paddedSlices;
	float uvZBase     = uvw.z * nz + 1.0;
	vec4 s0 = texture( probesSH, vec3( uvw.xy, ( uvZBase                       ) / atlasDepth ) );
	vec4 s1 = texture( probesSH, vec3( uvw.xy, ( uvZBase +       paddedSlices   ) / atlasDepth ) );
	vec4 s2 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 2.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s3 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 3.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s4 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 4.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s5 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 5.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s6 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 6.0 * paddedSlices   ) / atlasDepth ) );
	vec3 c0 = s0.xyz;
	vec3 c1 = vec3( s0.w, s1.xy );
	vec3 c2 = vec3( s1.zw, s2.x );
	vec3 c3 = s2.yzw;
	vec3 c4 = s3.xyz;
	vec3 c5 = vec3( s3.w, s4.xy );
	vec3 c6 = vec3( s4.zw, s5.x );
	vec3 c7 = s5.yzw;
	vec3 c8 = s6.xyz;
	float x = worldNormal.x, y = worldNormal.y, z = worldNormal.z;
	vec3 result = c0 * 0.886227;
	result += c1 * 2.0 * 0.511664 * y;
	result += c2 * 2.0 * 0.511664 * z;
	result += c3 * 2.0 * 0.511664 * x;
	result += c4 * 2.0 * 0.429043 * x * y;
	result += c5 * 2.0 * 0.429043 * y * z;
	result += c6 * ( 0.743125 * z * z - 0.247708 );
	result += c7 * 2.0 * 0.429043 * x * z;
	result += c8 * 0.429043 * ( x * x - y * y );
	return max( result, vec3( 0.0 ) );
}
#endif`,logdepthbuf_fragment:`#if defined( USE_LOGARITHMIC_DEPTH_BUFFER )
	gl_FragDepth = vIsPerspective == 0.0 ? gl_FragCoord.z : log2( vFragDepth ) * logDepthBufFC * 0.5;
#endif`,logdepthbuf_pars_fragment:`#if defined( USE_LOGARITHMIC_DEPTH_BUFFER )
	uniform float logDepthBufFC;
	varying float vFragDepth;
	varying float vIsPerspective;
#endif`,logdepthbuf_pars_vertex:`#ifdef USE_LOGARITHMIC_DEPTH_BUFFER
	varying float vFragDepth;
	varying float vIsPerspective;
#endif`,logdepthbuf_vertex:`#ifdef USE_LOGARITHMIC_DEPTH_BUFFER
	vFragDepth = 1.0 + gl_Position.w;
	vIsPerspective = float( isPerspectiveMatrix( projectionMatrix ) );
#endif`,map_fragment:`#ifdef USE_MAP
	vec4 sampledDiffuseColor = texture2D( map, vMapUv );
	#ifdef DECODE_VIDEO_TEXTURE
		sampledDiffuseColor = sRGBTransferEOTF( sampledDiffuseColor );
	#endif
	diffuseColor *= sampledDiffuseColor;
#endif`,map_pars_fragment:`#ifdef USE_MAP
	uniform sampler2D map;
#endif`,map_particle_fragment:`#if defined( USE_MAP ) || defined( USE_ALPHAMAP )
	#if defined( USE_POINTS_UV )
		vec2 uv = vUv;
	#else
		vec2 uv = ( uvTransform * vec3( gl_PointCoord.x, 1.0 - gl_PointCoord.y, 1 ) ).xy;
	#endif
#endif
#ifdef USE_MAP
	diffuseColor *= texture2D( map, uv );
#endif
#ifdef USE_ALPHAMAP
	diffuseColor.a *= texture2D( alphaMap, uv ).g;
#endif`,map_particle_pars_fragment:`#if defined( USE_POINTS_UV )
	varying vec2 vUv;
#else
	#if defined( USE_MAP ) || defined( USE_ALPHAMAP )
		uniform mat3 uvTransform;
	#endif
#endif
#ifdef USE_MAP
	uniform sampler2D map;
#endif
#ifdef USE_ALPHAMAP
	uniform sampler2D alphaMap;
#endif`,metalnessmap_fragment:`float metalnessFactor = metalness;
#ifdef USE_METALNESSMAP
	vec4 texelMetalness = texture2D( metalnessMap, vMetalnessMapUv );
	metalnessFactor *= texelMetalness.b;
#endif`,metalnessmap_pars_fragment:`#ifdef USE_METALNESSMAP
	uniform sampler2D metalnessMap;
#endif`,morphinstance_vertex:`#ifdef USE_INSTANCING_MORPH
	float morphTargetInfluences[ MORPHTARGETS_COUNT ];
	float morphTargetBaseInfluence = texelFetch( morphTexture, ivec2( 0, gl_InstanceID ), 0 ).r;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		morphTargetInfluences[i] =  texelFetch( morphTexture, ivec2( i + 1, gl_InstanceID ), 0 ).r;
	}
#endif`,morphcolor_vertex:`#if defined( USE_MORPHCOLORS )
	#if defined( USE_COLOR_ALPHA )
		vColor *= morphTargetBaseInfluence;
	#elif defined( USE_COLOR )
		vColor.rgb *= morphTargetBaseInfluence;
	#endif
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		#if defined( USE_COLOR_ALPHA )
			if ( morphTargetInfluences[ i ] != 0.0 ) vColor += getMorph( gl_VertexID, i, 2 ) * morphTargetInfluences[ i ];
		#elif defined( USE_COLOR )
			if ( morphTargetInfluences[ i ] != 0.0 ) vColor.rgb += getMorph( gl_VertexID, i, 2 ).rgb * morphTargetInfluences[ i ];
		#endif
	}
#endif`,morphnormal_vertex:`#ifdef USE_MORPHNORMALS
	objectNormal *= morphTargetBaseInfluence;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		if ( morphTargetInfluences[ i ] != 0.0 ) objectNormal += getMorph( gl_VertexID, i, 1 ).xyz * morphTargetInfluences[ i ];
	}
#endif`,morphtarget_pars_vertex:`#ifdef USE_MORPHTARGETS
	#ifndef USE_INSTANCING_MORPH
		uniform float morphTargetBaseInfluence;
		uniform float morphTargetInfluences[ MORPHTARGETS_COUNT ];
	#endif
	uniform sampler2DArray morphTargetsTexture;
	uniform ivec2 morphTargetsTextureSize;
	vec4 getMorph( const in int vertexIndex, const in int morphTargetIndex, const in int offset ) {
		int texelIndex = vertexIndex * MORPHTARGETS_TEXTURE_STRIDE + offset;
		int y = texelIndex / morphTargetsTextureSize.x;
		int x = texelIndex - y * morphTargetsTextureSize.x;
		ivec3 morphUV = ivec3( x, y, morphTargetIndex );
		return texelFetch( morphTargetsTexture, morphUV, 0 );
	}
#endif`,morphtarget_vertex:`#ifdef USE_MORPHTARGETS
	transformed *= morphTargetBaseInfluence;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		if ( morphTargetInfluences[ i ] != 0.0 ) transformed += getMorph( gl_VertexID, i, 0 ).xyz * morphTargetInfluences[ i ];
	}
#endif`,normal_fragment_begin:`float faceDirection = gl_FrontFacing ? 1.0 : - 1.0;
#ifdef FLAT_SHADED
	vec3 fdx = dFdx( vViewPosition );
	vec3 fdy = dFdy( vViewPosition );
	vec3 normal = normalize( cross( fdx, fdy ) );
#else
	vec3 normal = normalize( vNormal );
	#ifdef DOUBLE_SIDED
		normal *= faceDirection;
	#endif
#endif
#if defined( USE_NORMALMAP_TANGENTSPACE ) || defined( USE_CLEARCOAT_NORMALMAP ) || defined( USE_ANISOTROPY )
	#ifdef USE_TANGENT
		mat3 tbn = mat3( normalize( vTangent ), normalize( vBitangent ), normal );
	#else
		mat3 tbn = getTangentFrame( - vViewPosition, normal,
		#if defined( USE_NORMALMAP )
			vNormalMapUv
		#elif defined( USE_CLEARCOAT_NORMALMAP )
			vClearcoatNormalMapUv
		#else
			vUv
		#endif
		);
	#endif
	#ifdef DOUBLE_SIDED
		tbn[0] *= faceDirection;
		tbn[1] *= faceDirection;
	#endif
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	#ifdef USE_TANGENT
		mat3 tbn2 = mat3( normalize( vTangent ), normalize( vBitangent ), normal );
	#else
		mat3 tbn2 = getTangentFrame( - vViewPosition, normal, vClearcoatNormalMapUv );
	#endif
	#ifdef DOUBLE_SIDED
		tbn2[0] *= faceDirection;
		tbn2[1] *= faceDirection;
	#endif
#endif
vec3 nonPerturbedNormal = normal;`,normal_fragment_maps:`#ifdef USE_NORMALMAP_OBJECTSPACE
	normal = texture2D( normalMap, vNormalMapUv ).xyz * 2.0 - 1.0;
	#ifdef FLIP_SIDED
		normal = - normal;
	#endif
	#ifdef DOUBLE_SIDED
		normal = normal * faceDirection;
	#endif
	normal = normalize( normalMatrix * normal );
#elif defined( USE_NORMALMAP_TANGENTSPACE )
	vec3 mapN = texture2D( normalMap, vNormalMapUv ).xyz * 2.0 - 1.0;
	#if defined( USE_PACKED_NORMALMAP )
		mapN = vec3( mapN.xy, sqrt( saturate( 1.0 - dot( mapN.xy, mapN.xy ) ) ) );
	#endif
	mapN.xy *= normalScale;
	normal = normalize( tbn * mapN );
#elif defined( USE_BUMPMAP )
	normal = perturbNormalArb( - vViewPosition, normal, dHdxy_fwd(), faceDirection );
#endif`,normal_pars_fragment:`#ifndef FLAT_SHADED
	varying vec3 vNormal;
	#ifdef USE_TANGENT
		varying vec3 vTangent;
		varying vec3 vBitangent;
	#endif
#endif`,normal_pars_vertex:`#ifndef FLAT_SHADED
	varying vec3 vNormal;
	#ifdef USE_TANGENT
		varying vec3 vTangent;
		varying vec3 vBitangent;
	#endif
#endif`,normal_vertex:`#ifndef FLAT_SHADED
	vNormal = normalize( transformedNormal );
	#ifdef USE_TANGENT
		vTangent = normalize( transformedTangent );
		vBitangent = normalize( cross( vNormal, vTangent ) * tangent.w );
		#ifdef FLIP_SIDED
			vBitangent = - vBitangent;
		#endif
	#endif
#endif`,normalmap_pars_fragment:`#ifdef USE_NORMALMAP
	uniform sampler2D normalMap;
	uniform vec2 normalScale;
#endif
#ifdef USE_NORMALMAP_OBJECTSPACE
	uniform mat3 normalMatrix;
#endif
#if ! defined ( USE_TANGENT ) && ( defined ( USE_NORMALMAP_TANGENTSPACE ) || defined ( USE_CLEARCOAT_NORMALMAP ) || defined( USE_ANISOTROPY ) )
	mat3 getTangentFrame( vec3 eye_pos, vec3 surf_norm, vec2 uv ) {
		vec3 q0 = dFdx( eye_pos.xyz );
		vec3 q1 = dFdy( eye_pos.xyz );
		vec2 st0 = dFdx( uv.st );
		vec2 st1 = dFdy( uv.st );
		vec3 N = surf_norm;
		vec3 q1perp = cross( q1, N );
		vec3 q0perp = cross( N, q0 );
		vec3 T = q1perp * st0.x + q0perp * st1.x;
		vec3 B = q1perp * st0.y + q0perp * st1.y;
		float det = max( dot( T, T ), dot( B, B ) );
		float scale = ( det == 0.0 ) ? 0.0 : inversesqrt( det );
		return mat3( T * scale, B * scale, N );
	}
#endif`,clearcoat_normal_fragment_begin:`#ifdef USE_CLEARCOAT
	vec3 clearcoatNormal = nonPerturbedNormal;
#endif`,clearcoat_normal_fragment_maps:`#ifdef USE_CLEARCOAT_NORMALMAP
	vec3 clearcoatMapN = texture2D( clearcoatNormalMap, vClearcoatNormalMapUv ).xyz * 2.0 - 1.0;
	clearcoatMapN.xy *= clearcoatNormalScale;
	clearcoatNormal = normalize( tbn2 * clearcoatMapN );
#endif`,clearcoat_pars_fragment:`#ifdef USE_CLEARCOATMAP
	uniform sampler2D clearcoatMap;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	uniform sampler2D clearcoatNormalMap;
	uniform vec2 clearcoatNormalScale;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	uniform sampler2D clearcoatRoughnessMap;
#endif`,iridescence_pars_fragment:`#ifdef USE_IRIDESCENCEMAP
	uniform sampler2D iridescenceMap;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	uniform sampler2D iridescenceThicknessMap;
#endif`,opaque_fragment:`#ifdef OPAQUE
diffuseColor.a = 1.0;
#endif
#ifdef USE_TRANSMISSION
diffuseColor.a *= material.transmissionAlpha;
#endif
gl_FragColor = vec4( outgoingLight, diffuseColor.a );`,packing:`vec3 packNormalToRGB( const in vec3 normal ) {
	return normalize( normal ) * 0.5 + 0.5;
}
vec3 unpackRGBToNormal( const in vec3 rgb ) {
	return 2.0 * rgb.xyz - 1.0;
}
const float PackUpscale = 256. / 255.;const float UnpackDownscale = 255. / 256.;const float ShiftRight8 = 1. / 256.;
const float Inv255 = 1. / 255.;
const vec4 PackFactors = vec4( 1.0, 256.0, 256.0 * 256.0, 256.0 * 256.0 * 256.0 );
const vec2 UnpackFactors2 = vec2( UnpackDownscale, 1.0 / PackFactors.g );
const vec3 UnpackFactors3 = vec3( UnpackDownscale / PackFactors.rg, 1.0 / PackFactors.b );
const vec4 UnpackFactors4 = vec4( UnpackDownscale / PackFactors.rgb, 1.0 / PackFactors.a );
vec4 packDepthToRGBA( const in float v ) {
	if( v <= 0.0 )
		return vec4( 0., 0., 0., 0. );
	if( v >= 1.0 )
		return vec4( 1., 1., 1., 1. );
	float vuf;
	float af = modf( v * PackFactors.a, vuf );
	float bf = modf( vuf * ShiftRight8, vuf );
	float gf = modf( vuf * ShiftRight8, vuf );
	return vec4( vuf * Inv255, gf * PackUpscale, bf * PackUpscale, af );
}
vec3 packDepthToRGB( const in float v ) {
	if( v <= 0.0 )
		return vec3( 0., 0., 0. );
	if( v >= 1.0 )
		return vec3( 1., 1., 1. );
	float vuf;
	float bf = modf( v * PackFactors.b, vuf );
	float gf = modf( vuf * ShiftRight8, vuf );
	return vec3( vuf * Inv255, gf * PackUpscale, bf );
}
vec2 packDepthToRG( const in float v ) {
	if( v <= 0.0 )
		return vec2( 0., 0. );
	if( v >= 1.0 )
		return vec2( 1., 1. );
	float vuf;
	float gf = modf( v * 256., vuf );
	return vec2( vuf * Inv255, gf );
}
float unpackRGBAToDepth( const in vec4 v ) {
	return dot( v, UnpackFactors4 );
}
float unpackRGBToDepth( const in vec3 v ) {
	return dot( v, UnpackFactors3 );
}
float unpackRGToDepth( const in vec2 v ) {
	return v.r * UnpackFactors2.r + v.g * UnpackFactors2.g;
}
vec4 pack2HalfToRGBA( const in vec2 v ) {
	vec4 r = vec4( v.x, fract( v.x * 255.0 ), v.y, fract( v.y * 255.0 ) );
	return vec4( r.x - r.y / 255.0, r.y, r.z - r.w / 255.0, r.w );
}
vec2 unpackRGBATo2Half( const in vec4 v ) {
	return vec2( v.x + ( v.y / 255.0 ), v.z + ( v.w / 255.0 ) );
}
float viewZToOrthographicDepth( const in float viewZ, const in float near, const in float far ) {
	return ( viewZ + near ) / ( near - far );
}
float orthographicDepthToViewZ( const in float depth, const in float near, const in float far ) {
	#ifdef USE_REVERSED_DEPTH_BUFFER
	
		return depth * ( far - near ) - far;
	#else
		return depth * ( near - far ) - near;
	#endif
}
float viewZToPerspectiveDepth( const in float viewZ, const in float near, const in float far ) {
	return ( ( near + viewZ ) * far ) / ( ( far - near ) * viewZ );
}
float perspectiveDepthToViewZ( const in float depth, const in float near, const in float far ) {
	
	#ifdef USE_REVERSED_DEPTH_BUFFER
		return ( near * far ) / ( ( near - far ) * depth - near );
	#else
		return ( near * far ) / ( ( far - near ) * depth - far );
	#endif
}`,premultiplied_alpha_fragment:`#ifdef PREMULTIPLIED_ALPHA
	gl_FragColor.rgb *= gl_FragColor.a;
#endif`,project_vertex:`vec4 mvPosition = vec4( transformed, 1.0 );
#ifdef USE_BATCHING
	mvPosition = batchingMatrix * mvPosition;
#endif
#ifdef USE_INSTANCING
	mvPosition = instanceMatrix * mvPosition;
#endif
mvPosition = modelViewMatrix * mvPosition;
gl_Position = projectionMatrix * mvPosition;`,dithering_fragment:`#ifdef DITHERING
	gl_FragColor.rgb = dithering( gl_FragColor.rgb );
#endif`,dithering_pars_fragment:`#ifdef DITHERING
	vec3 dithering( vec3 color ) {
		float grid_position = rand( gl_FragCoord.xy );
		vec3 dither_shift_RGB = vec3( 0.25 / 255.0, -0.25 / 255.0, 0.25 / 255.0 );
		dither_shift_RGB = mix( 2.0 * dither_shift_RGB, -2.0 * dither_shift_RGB, grid_position );
		return color + dither_shift_RGB;
	}
#endif`,roughnessmap_fragment:`float roughnessFactor = roughness;
#ifdef USE_ROUGHNESSMAP
	vec4 texelRoughness = texture2D( roughnessMap, vRoughnessMapUv );
	roughnessFactor *= texelRoughness.g;
#endif`,roughnessmap_pars_fragment:`#ifdef USE_ROUGHNESSMAP
	uniform sampler2D roughnessMap;
#endif`,shadowmap_pars_fragment:`#if NUM_SPOT_LIGHT_COORDS > 0
	varying vec4 vSpotLightCoord[ NUM_SPOT_LIGHT_COORDS ];
#endif
#if NUM_SPOT_LIGHT_MAPS > 0
	uniform sampler2D spotLightMap[ NUM_SPOT_LIGHT_MAPS ];
#endif
#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
		#define SUN_LIGHT_CASCADES 2
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow sunShadowMap[ NUM_SUN_LIGHT_SHADOWS ];
		#else
			uniform sampler2D sunShadowMap[ NUM_SUN_LIGHT_SHADOWS ];
		#endif
		uniform mat4 sunShadowMatrix[ NUM_SUN_LIGHT_SHADOWS * SUN_LIGHT_CASCADES ];
		uniform vec4 sunShadowCascade[ NUM_SUN_LIGHT_SHADOWS * SUN_LIGHT_CASCADES ];
		varying vec4 vSunShadowWorldPosition;
		varying vec3 vSunShadowWorldNormal;
		struct SunLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SunLightShadow sunLightShadows[ NUM_SUN_LIGHT_SHADOWS ];
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow directionalShadowMap[ NUM_DIR_LIGHT_SHADOWS ];
		#else
			uniform sampler2D directionalShadowMap[ NUM_DIR_LIGHT_SHADOWS ];
		#endif
		varying vec4 vDirectionalShadowCoord[ NUM_DIR_LIGHT_SHADOWS ];
		struct DirectionalLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform DirectionalLightShadow directionalLightShadows[ NUM_DIR_LIGHT_SHADOWS ];
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow spotShadowMap[ NUM_SPOT_LIGHT_SHADOWS ];
		#else
			uniform sampler2D spotShadowMap[ NUM_SPOT_LIGHT_SHADOWS ];
		#endif
		struct SpotLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SpotLightShadow spotLightShadows[ NUM_SPOT_LIGHT_SHADOWS ];
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform samplerCubeShadow pointShadowMap[ NUM_POINT_LIGHT_SHADOWS ];
		#elif defined( SHADOWMAP_TYPE_BASIC )
			uniform samplerCube pointShadowMap[ NUM_POINT_LIGHT_SHADOWS ];
		#endif
		varying vec4 vPointShadowCoord[ NUM_POINT_LIGHT_SHADOWS ];
		struct PointLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
			float shadowCameraNear;
			float shadowCameraFar;
		};
		uniform PointLightShadow pointLightShadows[ NUM_POINT_LIGHT_SHADOWS ];
	#endif
	#if defined( SHADOWMAP_TYPE_PCF )
		float interleavedGradientNoise( vec2 position ) {
			return fract( 52.9829189 * fract( dot( position, vec2( 0.06711056, 0.00583715 ) ) ) );
		}
		vec2 vogelDiskSample( int sampleIndex, int samplesCount, float phi ) {
			const float goldenAngle = 2.399963229728653;
			float r = sqrt( ( float( sampleIndex ) + 0.5 ) / float( samplesCount ) );
			float theta = float( sampleIndex ) * goldenAngle + phi;
			return vec2( cos( theta ), sin( theta ) ) * r;
		}
	#endif
	#if defined( SHADOWMAP_TYPE_PCF )
		float getShadow( sampler2DShadow shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				vec2 texelSize = vec2( 1.0 ) / shadowMapSize;
				vec2 radius = shadowRadius * texelSize;
				float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;
				shadow = (
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 0, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 1, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 2, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 3, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 4, 5, phi ) * radius, shadowCoord.z ) )
				) * 0.2;
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#elif defined( SHADOWMAP_TYPE_VSM )
		float getShadow( sampler2D shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				vec2 distribution = texture2D( shadowMap, shadowCoord.xy ).rg;
				float mean = distribution.x;
				float variance = distribution.y * distribution.y;
				#ifdef USE_REVERSED_DEPTH_BUFFER
					float hard_shadow = step( mean, shadowCoord.z );
				#else
					float hard_shadow = step( shadowCoord.z, mean );
				#endif
				
				if ( hard_shadow == 1.0 ) {
					shadow = 1.0;
				} else {
					variance = max( variance, 0.0000001 );
					float d = shadowCoord.z - mean;
					float p_max = variance / ( variance + d * d );
					p_max = clamp( ( p_max - 0.3 ) / 0.65, 0.0, 1.0 );
					shadow = max( hard_shadow, p_max );
				}
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#else
		float getShadow( sampler2D shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				float depth = texture2D( shadowMap, shadowCoord.xy ).r;
				#ifdef USE_REVERSED_DEPTH_BUFFER
					shadow = step( depth, shadowCoord.z );
				#else
					shadow = step( shadowCoord.z, depth );
				#endif
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#endif
	#if NUM_SUN_LIGHT_SHADOWS > 0
		float getSunShadow(
			#if defined( SHADOWMAP_TYPE_PCF )
				sampler2DShadow shadowMap,
			#else
				sampler2D shadowMap,
			#endif
			SunLightShadow sunLightShadow,
			int shadowIndex
		) {
			vec4 shadowWorldPosition = vec4( vSunShadowWorldPosition.xyz + vSunShadowWorldNormal * sunLightShadow.shadowNormalBias, 1.0 );
			float viewDepth = vSunShadowWorldPosition.w;
			int cascadeOffset = shadowIndex * SUN_LIGHT_CASCADES;
			float shadow = 1.0;
			for ( int i = SUN_LIGHT_CASCADES - 1; i >= 0; i -- ) {
				vec4 cascade = sunShadowCascade[ cascadeOffset + i ];
				if ( viewDepth >= cascade.x && viewDepth < cascade.y ) {
					float cascadeShadow = getShadow(
						shadowMap,
						sunLightShadow.shadowMapSize,
						sunLightShadow.shadowIntensity,
						sunLightShadow.shadowBias,
						sunLightShadow.shadowRadius,
						sunShadowMatrix[ cascadeOffset + i ] * shadowWorldPosition
					);
					shadow = mix( cascadeShadow, shadow, smoothstep( cascade.z, cascade.y, viewDepth ) );
				}
			}
			return shadow;
		}
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
	#if defined( SHADOWMAP_TYPE_PCF )
	float getPointShadow( samplerCubeShadow shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord, float shadowCameraNear, float shadowCameraFar ) {
		float shadow = 1.0;
		vec3 lightToPosition = shadowCoord.xyz;
		vec3 bd3D = normalize( lightToPosition );
		vec3 absVec = abs( lightToPosition );
		float viewSpaceZ = max( max( absVec.x, absVec.y ), absVec.z );
		if ( viewSpaceZ - shadowCameraFar <= 0.0 && viewSpaceZ - shadowCameraNear >= 0.0 ) {
			float lightDistance = length( lightToPosition );
			float depthRange = shadowCameraFar - shadowCameraNear;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				float depthA = - shadowCameraNear / depthRange - shadowBias;
				float depthB = shadowCameraNear * shadowCameraFar / ( depthRange * lightDistance );
			#else
				float depthA = shadowCameraFar / depthRange + shadowBias;
				float depthB = - shadowCameraNear * shadowCameraFar / ( depthRange * lightDistance );
			#endif
			float texelSize = shadowRadius / shadowMapSize.x;
			vec3 absDir = abs( bd3D );
			vec3 tangent = absDir.x > absDir.z ? vec3( 0.0, 1.0, 0.0 ) : vec3( 1.0, 0.0, 0.0 );
			tangent = normalize( cross( bd3D, tangent ) );
			vec3 bitangent = cross( bd3D, tangent );
			float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;
			shadow = 0.0;
			for ( int i = 0; i < 5; i ++ ) {
				vec2 offset = vogelDiskSample( i, 5, phi );
				vec3 direction = bd3D + ( tangent * offset.x + bitangent * offset.y ) * texelSize;
				vec3 absDirection = abs( direction );
				float dp = depthA + depthB / max( max( absDirection.x, absDirection.y ), absDirection.z );
				shadow += texture( shadowMap, vec4( direction, dp ) );
			}
			shadow *= 0.2;
		}
		return mix( 1.0, shadow, shadowIntensity );
	}
	#elif defined( SHADOWMAP_TYPE_BASIC )
	float getPointShadow( samplerCube shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord, float shadowCameraNear, float shadowCameraFar ) {
		float shadow = 1.0;
		vec3 lightToPosition = shadowCoord.xyz;
		vec3 absVec = abs( lightToPosition );
		float viewSpaceZ = max( max( absVec.x, absVec.y ), absVec.z );
		if ( viewSpaceZ - shadowCameraFar <= 0.0 && viewSpaceZ - shadowCameraNear >= 0.0 ) {
			float dp = ( shadowCameraFar * ( viewSpaceZ - shadowCameraNear ) ) / ( viewSpaceZ * ( shadowCameraFar - shadowCameraNear ) );
			dp += shadowBias;
			vec3 bd3D = normalize( lightToPosition );
			float depth = textureCube( shadowMap, bd3D ).r;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				depth = 1.0 - depth;
			#endif
			shadow = step( dp, depth );
		}
		return mix( 1.0, shadow, shadowIntensity );
	}
	#endif
	#endif
#endif`,shadowmap_pars_vertex:`#if NUM_SPOT_LIGHT_COORDS > 0
	uniform mat4 spotLightMatrix[ NUM_SPOT_LIGHT_COORDS ];
	varying vec4 vSpotLightCoord[ NUM_SPOT_LIGHT_COORDS ];
#endif
#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
		varying vec4 vSunShadowWorldPosition;
		varying vec3 vSunShadowWorldNormal;
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		uniform mat4 directionalShadowMatrix[ NUM_DIR_LIGHT_SHADOWS ];
		varying vec4 vDirectionalShadowCoord[ NUM_DIR_LIGHT_SHADOWS ];
		struct DirectionalLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform DirectionalLightShadow directionalLightShadows[ NUM_DIR_LIGHT_SHADOWS ];
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
		struct SpotLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SpotLightShadow spotLightShadows[ NUM_SPOT_LIGHT_SHADOWS ];
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		uniform mat4 pointShadowMatrix[ NUM_POINT_LIGHT_SHADOWS ];
		varying vec4 vPointShadowCoord[ NUM_POINT_LIGHT_SHADOWS ];
		struct PointLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
			float shadowCameraNear;
			float shadowCameraFar;
		};
		uniform PointLightShadow pointLightShadows[ NUM_POINT_LIGHT_SHADOWS ];
	#endif
#endif`,shadowmap_vertex:`#if ( defined( USE_SHADOWMAP ) && ( NUM_DIR_LIGHT_SHADOWS > 0 || NUM_SUN_LIGHT_SHADOWS > 0 || NUM_POINT_LIGHT_SHADOWS > 0 ) ) || ( NUM_SPOT_LIGHT_COORDS > 0 )
	#ifdef HAS_NORMAL
		vec3 shadowWorldNormal = transformNormalByInverseViewMatrix( transformedNormal, viewMatrix );
	#else
		vec3 shadowWorldNormal = vec3( 0.0 );
	#endif
	vec4 shadowWorldPosition;
#endif
#if defined( USE_SHADOWMAP )
	#if NUM_SUN_LIGHT_SHADOWS > 0
		vSunShadowWorldPosition = vec4( worldPosition.xyz, - mvPosition.z );
		vSunShadowWorldNormal = shadowWorldNormal;
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_DIR_LIGHT_SHADOWS; i ++ ) {
			shadowWorldPosition = worldPosition + vec4( shadowWorldNormal * directionalLightShadows[ i ].shadowNormalBias, 0 );
			vDirectionalShadowCoord[ i ] = directionalShadowMatrix[ i ] * shadowWorldPosition;
		}
		#pragma unroll_loop_end
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_POINT_LIGHT_SHADOWS; i ++ ) {
			shadowWorldPosition = worldPosition + vec4( shadowWorldNormal * pointLightShadows[ i ].shadowNormalBias, 0 );
			vPointShadowCoord[ i ] = pointShadowMatrix[ i ] * shadowWorldPosition;
		}
		#pragma unroll_loop_end
	#endif
#endif
#if NUM_SPOT_LIGHT_COORDS > 0
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHT_COORDS; i ++ ) {
		shadowWorldPosition = worldPosition;
		#if ( defined( USE_SHADOWMAP ) && UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
			shadowWorldPosition.xyz += shadowWorldNormal * spotLightShadows[ i ].shadowNormalBias;
		#endif
		vSpotLightCoord[ i ] = spotLightMatrix[ i ] * shadowWorldPosition;
	}
	#pragma unroll_loop_end
#endif`,shadowmask_pars_fragment:`float getShadowMask() {
	float shadow = 1.0;
	#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
	SunLightShadow sunLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SUN_LIGHT_SHADOWS; i ++ ) {
		sunLight = sunLightShadows[ i ];
		shadow *= receiveShadow ? getSunShadow( sunShadowMap[ i ], sunLight, UNROLLED_LOOP_INDEX ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
	DirectionalLightShadow directionalLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_DIR_LIGHT_SHADOWS; i ++ ) {
		directionalLight = directionalLightShadows[ i ];
		shadow *= receiveShadow ? getShadow( directionalShadowMap[ i ], directionalLight.shadowMapSize, directionalLight.shadowIntensity, directionalLight.shadowBias, directionalLight.shadowRadius, vDirectionalShadowCoord[ i ] ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
	SpotLightShadow spotLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHT_SHADOWS; i ++ ) {
		spotLight = spotLightShadows[ i ];
		shadow *= receiveShadow ? getShadow( spotShadowMap[ i ], spotLight.shadowMapSize, spotLight.shadowIntensity, spotLight.shadowBias, spotLight.shadowRadius, vSpotLightCoord[ i ] ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0 && ( defined( SHADOWMAP_TYPE_PCF ) || defined( SHADOWMAP_TYPE_BASIC ) )
	PointLightShadow pointLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_POINT_LIGHT_SHADOWS; i ++ ) {
		pointLight = pointLightShadows[ i ];
		shadow *= receiveShadow ? getPointShadow( pointShadowMap[ i ], pointLight.shadowMapSize, pointLight.shadowIntensity, pointLight.shadowBias, pointLight.shadowRadius, vPointShadowCoord[ i ], pointLight.shadowCameraNear, pointLight.shadowCameraFar ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#endif
	return shadow;
}`,skinbase_vertex:`#ifdef USE_SKINNING
	mat4 boneMatX = getBoneMatrix( skinIndex.x );
	mat4 boneMatY = getBoneMatrix( skinIndex.y );
	mat4 boneMatZ = getBoneMatrix( skinIndex.z );
	mat4 boneMatW = getBoneMatrix( skinIndex.w );
#endif`,skinning_pars_vertex:`#ifdef USE_SKINNING
	uniform mat4 bindMatrix;
	uniform mat4 bindMatrixInverse;
	uniform highp sampler2D boneTexture;
	mat4 getBoneMatrix( const in float i ) {
		int size = textureSize( boneTexture, 0 ).x;
		int j = int( i ) * 4;
		int x = j % size;
		int y = j / size;
		vec4 v1 = texelFetch( boneTexture, ivec2( x, y ), 0 );
		vec4 v2 = texelFetch( boneTexture, ivec2( x + 1, y ), 0 );
		vec4 v3 = texelFetch( boneTexture, ivec2( x + 2, y ), 0 );
		vec4 v4 = texelFetch( boneTexture, ivec2( x + 3, y ), 0 );
		return mat4( v1, v2, v3, v4 );
	}
#endif`,skinning_vertex:`#ifdef USE_SKINNING
	vec4 skinVertex = bindMatrix * vec4( transformed, 1.0 );
	vec4 skinned = vec4( 0.0 );
	skinned += boneMatX * skinVertex * skinWeight.x;
	skinned += boneMatY * skinVertex * skinWeight.y;
	skinned += boneMatZ * skinVertex * skinWeight.z;
	skinned += boneMatW * skinVertex * skinWeight.w;
	transformed = ( bindMatrixInverse * skinned ).xyz;
#endif`,skinnormal_vertex:`#ifdef USE_SKINNING
	mat4 skinMatrix = mat4( 0.0 );
	skinMatrix += skinWeight.x * boneMatX;
	skinMatrix += skinWeight.y * boneMatY;
	skinMatrix += skinWeight.z * boneMatZ;
	skinMatrix += skinWeight.w * boneMatW;
	skinMatrix = bindMatrixInverse * skinMatrix * bindMatrix;
	objectNormal = vec4( skinMatrix * vec4( objectNormal, 0.0 ) ).xyz;
	#ifdef USE_TANGENT
		objectTangent = vec4( skinMatrix * vec4( objectTangent, 0.0 ) ).xyz;
	#endif
#endif`,specularmap_fragment:`float specularStrength;
#ifdef USE_SPECULARMAP
	vec4 texelSpecular = texture2D( specularMap, vSpecularMapUv );
	specularStrength = texelSpecular.r;
#else
	specularStrength = 1.0;
#endif`,specularmap_pars_fragment:`#ifdef USE_SPECULARMAP
	uniform sampler2D specularMap;
#endif`,tonemapping_fragment:`#if defined( TONE_MAPPING )
	gl_FragColor.rgb = toneMapping( gl_FragColor.rgb );
#endif`,tonemapping_pars_fragment:`#ifndef saturate
#define saturate( a ) clamp( a, 0.0, 1.0 )
#endif
uniform float toneMappingExposure;
vec3 LinearToneMapping( vec3 color ) {
	return saturate( toneMappingExposure * color );
}
vec3 ReinhardToneMapping( vec3 color ) {
	color *= toneMappingExposure;
	return saturate( color / ( vec3( 1.0 ) + color ) );
}
vec3 CineonToneMapping( vec3 color ) {
	color *= toneMappingExposure;
	color = max( vec3( 0.0 ), color - 0.004 );
	return pow( ( color * ( 6.2 * color + 0.5 ) ) / ( color * ( 6.2 * color + 1.7 ) + 0.06 ), vec3( 2.2 ) );
}
vec3 RRTAndODTFit( vec3 v ) {
	vec3 a = v * ( v + 0.0245786 ) - 0.000090537;
	vec3 b = v * ( 0.983729 * v + 0.4329510 ) + 0.238081;
	return a / b;
}
vec3 ACESFilmicToneMapping( vec3 color ) {
	const mat3 ACESInputMat = mat3(
		vec3( 0.59719, 0.07600, 0.02840 ),		vec3( 0.35458, 0.90834, 0.13383 ),
		vec3( 0.04823, 0.01566, 0.83777 )
	);
	const mat3 ACESOutputMat = mat3(
		vec3(  1.60475, -0.10208, -0.00327 ),		vec3( -0.53108,  1.10813, -0.07276 ),
		vec3( -0.07367, -0.00605,  1.07602 )
	);
	color *= toneMappingExposure / 0.6;
	color = ACESInputMat * color;
	color = RRTAndODTFit( color );
	color = ACESOutputMat * color;
	return saturate( color );
}
const mat3 LINEAR_REC2020_TO_LINEAR_SRGB = mat3(
	vec3( 1.6605, - 0.1246, - 0.0182 ),
	vec3( - 0.5876, 1.1329, - 0.1006 ),
	vec3( - 0.0728, - 0.0083, 1.1187 )
);
const mat3 LINEAR_SRGB_TO_LINEAR_REC2020 = mat3(
	vec3( 0.6274, 0.0691, 0.0164 ),
	vec3( 0.3293, 0.9195, 0.0880 ),
	vec3( 0.0433, 0.0113, 0.8956 )
);
vec3 agxDefaultContrastApprox( vec3 x ) {
	vec3 x2 = x * x;
	vec3 x4 = x2 * x2;
	return + 15.5 * x4 * x2
		- 40.14 * x4 * x
		+ 31.96 * x4
		- 6.868 * x2 * x
		+ 0.4298 * x2
		+ 0.1191 * x
		- 0.00232;
}
vec3 AgXToneMapping( vec3 color ) {
	const mat3 AgXInsetMatrix = mat3(
		vec3( 0.856627153315983, 0.137318972929847, 0.11189821299995 ),
		vec3( 0.0951212405381588, 0.761241990602591, 0.0767994186031903 ),
		vec3( 0.0482516061458583, 0.101439036467562, 0.811302368396859 )
	);
	const mat3 AgXOutsetMatrix = mat3(
		vec3( 1.1271005818144368, - 0.1413297634984383, - 0.14132976349843826 ),
		vec3( - 0.11060664309660323, 1.157823702216272, - 0.11060664309660294 ),
		vec3( - 0.016493938717834573, - 0.016493938717834257, 1.2519364065950405 )
	);
	const float AgxMinEv = - 12.47393;	const float AgxMaxEv = 4.026069;
	color *= toneMappingExposure;
	color = LINEAR_SRGB_TO_LINEAR_REC2020 * color;
	color = AgXInsetMatrix * color;
	color = max( color, 1e-10 );	color = log2( color );
	color = ( color - AgxMinEv ) / ( AgxMaxEv - AgxMinEv );
	color = clamp( color, 0.0, 1.0 );
	color = agxDefaultContrastApprox( color );
	color = AgXOutsetMatrix * color;
	color = pow( max( vec3( 0.0 ), color ), vec3( 2.2 ) );
	color = LINEAR_REC2020_TO_LINEAR_SRGB * color;
	color = clamp( color, 0.0, 1.0 );
	return color;
}
vec3 NeutralToneMapping( vec3 color ) {
	const float StartCompression = 0.8 - 0.04;
	const float Desaturation = 0.15;
	color *= toneMappingExposure;
	float x = min( color.r, min( color.g, color.b ) );
	float offset = x < 0.08 ? x - 6.25 * x * x : 0.04;
	color -= offset;
	float peak = max( color.r, max( color.g, color.b ) );
	if ( peak < StartCompression ) return color;
	float d = 1. - StartCompression;
	float newPeak = 1. - d * d / ( peak + d - StartCompression );
	color *= newPeak / peak;
	float g = 1. - 1. / ( Desaturation * ( peak - newPeak ) + 1. );
	return mix( color, vec3( newPeak ), g );
}
vec3 CustomToneMapping( vec3 color ) { return color; }`,transmission_fragment:`#ifdef USE_TRANSMISSION
	material.transmission = transmission;
	material.transmissionAlpha = 1.0;
	material.thickness = thickness;
	material.attenuationDistance = attenuationDistance;
	material.attenuationColor = attenuationColor;
	#ifdef USE_TRANSMISSIONMAP
		material.transmission *= texture2D( transmissionMap, vTransmissionMapUv ).r;
	#endif
	#ifdef USE_THICKNESSMAP
		material.thickness *= texture2D( thicknessMap, vThicknessMapUv ).g;
	#endif
	vec3 pos = vWorldPosition;
	vec3 v = normalize( cameraPosition - pos );
	vec3 n = transformNormalByInverseViewMatrix( normal, viewMatrix );
	vec4 transmitted = getIBLVolumeRefraction(
		n, v, material.roughness, material.diffuseContribution, material.specularColorBlended, material.specularF90,
		pos, modelMatrix, viewMatrix, projectionMatrix, material.dispersion, material.ior, material.thickness,
		material.attenuationColor, material.attenuationDistance );
	material.transmissionAlpha = mix( material.transmissionAlpha, transmitted.a, material.transmission );
	totalDiffuse = mix( totalDiffuse, transmitted.rgb, material.transmission );
#endif`,transmission_pars_fragment:`#ifdef USE_TRANSMISSION
	uniform float transmission;
	uniform float thickness;
	uniform float attenuationDistance;
	uniform vec3 attenuationColor;
	#ifdef USE_TRANSMISSIONMAP
		uniform sampler2D transmissionMap;
	#endif
	#ifdef USE_THICKNESSMAP
		uniform sampler2D thicknessMap;
	#endif
	uniform vec2 transmissionSamplerSize;
	uniform sampler2D transmissionSamplerMap;
	uniform mat4 modelMatrix;
	uniform mat4 projectionMatrix;
	varying vec3 vWorldPosition;
	float w0( float a ) {
		return ( 1.0 / 6.0 ) * ( a * ( a * ( - a + 3.0 ) - 3.0 ) + 1.0 );
	}
	float w1( float a ) {
		return ( 1.0 / 6.0 ) * ( a *  a * ( 3.0 * a - 6.0 ) + 4.0 );
	}
	float w2( float a ){
		return ( 1.0 / 6.0 ) * ( a * ( a * ( - 3.0 * a + 3.0 ) + 3.0 ) + 1.0 );
	}
	float w3( float a ) {
		return ( 1.0 / 6.0 ) * ( a * a * a );
	}
	float g0( float a ) {
		return w0( a ) + w1( a );
	}
	float g1( float a ) {
		return w2( a ) + w3( a );
	}
	float h0( float a ) {
		return - 1.0 + w1( a ) / ( w0( a ) + w1( a ) );
	}
	float h1( float a ) {
		return 1.0 + w3( a ) / ( w2( a ) + w3( a ) );
	}
	vec4 bicubic( sampler2D tex, vec2 uv, vec4 texelSize, float lod ) {
		uv = uv * texelSize.zw + 0.5;
		vec2 iuv = floor( uv );
		vec2 fuv = fract( uv );
		float g0x = g0( fuv.x );
		float g1x = g1( fuv.x );
		float h0x = h0( fuv.x );
		float h1x = h1( fuv.x );
		float h0y = h0( fuv.y );
		float h1y = h1( fuv.y );
		vec2 p0 = ( vec2( iuv.x + h0x, iuv.y + h0y ) - 0.5 ) * texelSize.xy;
		vec2 p1 = ( vec2( iuv.x + h1x, iuv.y + h0y ) - 0.5 ) * texelSize.xy;
		vec2 p2 = ( vec2( iuv.x + h0x, iuv.y + h1y ) - 0.5 ) * texelSize.xy;
		vec2 p3 = ( vec2( iuv.x + h1x, iuv.y + h1y ) - 0.5 ) * texelSize.xy;
		return g0( fuv.y ) * ( g0x * textureLod( tex, p0, lod ) + g1x * textureLod( tex, p1, lod ) ) +
			g1( fuv.y ) * ( g0x * textureLod( tex, p2, lod ) + g1x * textureLod( tex, p3, lod ) );
	}
	vec4 textureBicubic( sampler2D sampler, vec2 uv, float lod ) {
		vec2 fLodSize = vec2( textureSize( sampler, int( lod ) ) );
		vec2 cLodSize = vec2( textureSize( sampler, int( lod + 1.0 ) ) );
		vec2 fLodSizeInv = 1.0 / fLodSize;
		vec2 cLodSizeInv = 1.0 / cLodSize;
		vec4 fSample = bicubic( sampler, uv, vec4( fLodSizeInv, fLodSize ), floor( lod ) );
		vec4 cSample = bicubic( sampler, uv, vec4( cLodSizeInv, cLodSize ), ceil( lod ) );
		return mix( fSample, cSample, fract( lod ) );
	}
	vec3 getVolumeTransmissionRay( const in vec3 n, const in vec3 v, const in float thickness, const in float ior, const in mat4 modelMatrix ) {
		vec3 refractionVector = refract( - v, normalize( n ), 1.0 / ior );
		vec3 modelScale;
		modelScale.x = length( vec3( modelMatrix[ 0 ].xyz ) );
		modelScale.y = length( vec3( modelMatrix[ 1 ].xyz ) );
		modelScale.z = length( vec3( modelMatrix[ 2 ].xyz ) );
		return normalize( refractionVector ) * thickness * modelScale;
	}
	float applyIorToRoughness( const in float roughness, const in float ior ) {
		return roughness * clamp( ior * 2.0 - 2.0, 0.0, 1.0 );
	}
	vec4 getTransmissionSample( const in vec2 fragCoord, const in float roughness, const in float ior ) {
		float lod = log2( transmissionSamplerSize.x ) * applyIorToRoughness( roughness, ior );
		return textureBicubic( transmissionSamplerMap, fragCoord.xy, lod );
	}
	vec3 volumeAttenuation( const in float transmissionDistance, const in vec3 attenuationColor, const in float attenuationDistance ) {
		if ( isinf( attenuationDistance ) ) {
			return vec3( 1.0 );
		} else {
			vec3 attenuationCoefficient = -log( attenuationColor ) / attenuationDistance;
			vec3 transmittance = exp( - attenuationCoefficient * transmissionDistance );			return transmittance;
		}
	}
	vec4 getIBLVolumeRefraction( const in vec3 n, const in vec3 v, const in float roughness, const in vec3 diffuseColor,
		const in vec3 specularColor, const in float specularF90, const in vec3 position, const in mat4 modelMatrix,
		const in mat4 viewMatrix, const in mat4 projMatrix, const in float dispersion, const in float ior, const in float thickness,
		const in vec3 attenuationColor, const in float attenuationDistance ) {
		vec4 transmittedLight;
		vec3 transmittance;
		#ifdef USE_DISPERSION
			float halfSpread = ( ior - 1.0 ) * 0.025 * dispersion;
			vec3 iors = vec3( ior - halfSpread, ior, ior + halfSpread );
			for ( int i = 0; i < 3; i ++ ) {
				vec3 transmissionRay = getVolumeTransmissionRay( n, v, thickness, iors[ i ], modelMatrix );
				vec3 refractedRayExit = position + transmissionRay;
				vec4 ndcPos = projMatrix * viewMatrix * vec4( refractedRayExit, 1.0 );
				vec2 refractionCoords = ndcPos.xy / ndcPos.w;
				refractionCoords += 1.0;
				refractionCoords /= 2.0;
				vec4 transmissionSample = getTransmissionSample( refractionCoords, roughness, iors[ i ] );
				transmittedLight[ i ] = transmissionSample[ i ];
				transmittedLight.a += transmissionSample.a;
				transmittance[ i ] = diffuseColor[ i ] * volumeAttenuation( length( transmissionRay ), attenuationColor, attenuationDistance )[ i ];
			}
			transmittedLight.a /= 3.0;
		#else
			vec3 transmissionRay = getVolumeTransmissionRay( n, v, thickness, ior, modelMatrix );
			vec3 refractedRayExit = position + transmissionRay;
			vec4 ndcPos = projMatrix * viewMatrix * vec4( refractedRayExit, 1.0 );
			vec2 refractionCoords = ndcPos.xy / ndcPos.w;
			refractionCoords += 1.0;
			refractionCoords /= 2.0;
			transmittedLight = getTransmissionSample( refractionCoords, roughness, ior );
			transmittance = diffuseColor * volumeAttenuation( length( transmissionRay ), attenuationColor, attenuationDistance );
		#endif
		vec3 attenuatedColor = transmittance * transmittedLight.rgb;
		vec3 F = EnvironmentBRDF( n, v, specularColor, specularF90, roughness );
		float transmittanceFactor = ( transmittance.r + transmittance.g + transmittance.b ) / 3.0;
		return vec4( ( 1.0 - F ) * attenuatedColor, 1.0 - ( 1.0 - transmittedLight.a ) * transmittanceFactor );
	}
#endif`,uv_pars_fragment:`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	varying vec2 vUv;
#endif
#ifdef USE_MAP
	varying vec2 vMapUv;
#endif
#ifdef USE_ALPHAMAP
	varying vec2 vAlphaMapUv;
#endif
#ifdef USE_LIGHTMAP
	varying vec2 vLightMapUv;
#endif
#ifdef USE_AOMAP
	varying vec2 vAoMapUv;
#endif
#ifdef USE_BUMPMAP
	varying vec2 vBumpMapUv;
#endif
#ifdef USE_NORMALMAP
	varying vec2 vNormalMapUv;
#endif
#ifdef USE_EMISSIVEMAP
	varying vec2 vEmissiveMapUv;
#endif
#ifdef USE_METALNESSMAP
	varying vec2 vMetalnessMapUv;
#endif
#ifdef USE_ROUGHNESSMAP
	varying vec2 vRoughnessMapUv;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	varying vec2 vDiffuseRoughnessMapUv;
#endif
#ifdef USE_ANISOTROPYMAP
	varying vec2 vAnisotropyMapUv;
#endif
#ifdef USE_CLEARCOATMAP
	varying vec2 vClearcoatMapUv;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	varying vec2 vClearcoatNormalMapUv;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	varying vec2 vClearcoatRoughnessMapUv;
#endif
#ifdef USE_IRIDESCENCEMAP
	varying vec2 vIridescenceMapUv;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	varying vec2 vIridescenceThicknessMapUv;
#endif
#ifdef USE_SHEEN_COLORMAP
	varying vec2 vSheenColorMapUv;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	varying vec2 vSheenRoughnessMapUv;
#endif
#ifdef USE_SPECULARMAP
	varying vec2 vSpecularMapUv;
#endif
#ifdef USE_SPECULAR_COLORMAP
	varying vec2 vSpecularColorMapUv;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	varying vec2 vSpecularIntensityMapUv;
#endif
#ifdef USE_TRANSMISSIONMAP
	uniform mat3 transmissionMapTransform;
	varying vec2 vTransmissionMapUv;
#endif
#ifdef USE_THICKNESSMAP
	uniform mat3 thicknessMapTransform;
	varying vec2 vThicknessMapUv;
#endif`,uv_pars_vertex:`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	varying vec2 vUv;
#endif
#ifdef USE_MAP
	uniform mat3 mapTransform;
	varying vec2 vMapUv;
#endif
#ifdef USE_ALPHAMAP
	uniform mat3 alphaMapTransform;
	varying vec2 vAlphaMapUv;
#endif
#ifdef USE_LIGHTMAP
	uniform mat3 lightMapTransform;
	varying vec2 vLightMapUv;
#endif
#ifdef USE_AOMAP
	uniform mat3 aoMapTransform;
	varying vec2 vAoMapUv;
#endif
#ifdef USE_BUMPMAP
	uniform mat3 bumpMapTransform;
	varying vec2 vBumpMapUv;
#endif
#ifdef USE_NORMALMAP
	uniform mat3 normalMapTransform;
	varying vec2 vNormalMapUv;
#endif
#ifdef USE_DISPLACEMENTMAP
	uniform mat3 displacementMapTransform;
	varying vec2 vDisplacementMapUv;
#endif
#ifdef USE_EMISSIVEMAP
	uniform mat3 emissiveMapTransform;
	varying vec2 vEmissiveMapUv;
#endif
#ifdef USE_METALNESSMAP
	uniform mat3 metalnessMapTransform;
	varying vec2 vMetalnessMapUv;
#endif
#ifdef USE_ROUGHNESSMAP
	uniform mat3 roughnessMapTransform;
	varying vec2 vRoughnessMapUv;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	uniform mat3 diffuseRoughnessMapTransform;
	varying vec2 vDiffuseRoughnessMapUv;
#endif
#ifdef USE_ANISOTROPYMAP
	uniform mat3 anisotropyMapTransform;
	varying vec2 vAnisotropyMapUv;
#endif
#ifdef USE_CLEARCOATMAP
	uniform mat3 clearcoatMapTransform;
	varying vec2 vClearcoatMapUv;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	uniform mat3 clearcoatNormalMapTransform;
	varying vec2 vClearcoatNormalMapUv;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	uniform mat3 clearcoatRoughnessMapTransform;
	varying vec2 vClearcoatRoughnessMapUv;
#endif
#ifdef USE_SHEEN_COLORMAP
	uniform mat3 sheenColorMapTransform;
	varying vec2 vSheenColorMapUv;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	uniform mat3 sheenRoughnessMapTransform;
	varying vec2 vSheenRoughnessMapUv;
#endif
#ifdef USE_IRIDESCENCEMAP
	uniform mat3 iridescenceMapTransform;
	varying vec2 vIridescenceMapUv;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	uniform mat3 iridescenceThicknessMapTransform;
	varying vec2 vIridescenceThicknessMapUv;
#endif
#ifdef USE_SPECULARMAP
	uniform mat3 specularMapTransform;
	varying vec2 vSpecularMapUv;
#endif
#ifdef USE_SPECULAR_COLORMAP
	uniform mat3 specularColorMapTransform;
	varying vec2 vSpecularColorMapUv;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	uniform mat3 specularIntensityMapTransform;
	varying vec2 vSpecularIntensityMapUv;
#endif
#ifdef USE_TRANSMISSIONMAP
	uniform mat3 transmissionMapTransform;
	varying vec2 vTransmissionMapUv;
#endif
#ifdef USE_THICKNESSMAP
	uniform mat3 thicknessMapTransform;
	varying vec2 vThicknessMapUv;
#endif`,uv_vertex:`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	vUv = vec3( uv, 1 ).xy;
#endif
#ifdef USE_MAP
	vMapUv = ( mapTransform * vec3( MAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ALPHAMAP
	vAlphaMapUv = ( alphaMapTransform * vec3( ALPHAMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_LIGHTMAP
	vLightMapUv = ( lightMapTransform * vec3( LIGHTMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_AOMAP
	vAoMapUv = ( aoMapTransform * vec3( AOMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_BUMPMAP
	vBumpMapUv = ( bumpMapTransform * vec3( BUMPMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_NORMALMAP
	vNormalMapUv = ( normalMapTransform * vec3( NORMALMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_DISPLACEMENTMAP
	vDisplacementMapUv = ( displacementMapTransform * vec3( DISPLACEMENTMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_EMISSIVEMAP
	vEmissiveMapUv = ( emissiveMapTransform * vec3( EMISSIVEMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_METALNESSMAP
	vMetalnessMapUv = ( metalnessMapTransform * vec3( METALNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ROUGHNESSMAP
	vRoughnessMapUv = ( roughnessMapTransform * vec3( ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	vDiffuseRoughnessMapUv = ( diffuseRoughnessMapTransform * vec3( DIFFUSE_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ANISOTROPYMAP
	vAnisotropyMapUv = ( anisotropyMapTransform * vec3( ANISOTROPYMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOATMAP
	vClearcoatMapUv = ( clearcoatMapTransform * vec3( CLEARCOATMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	vClearcoatNormalMapUv = ( clearcoatNormalMapTransform * vec3( CLEARCOAT_NORMALMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	vClearcoatRoughnessMapUv = ( clearcoatRoughnessMapTransform * vec3( CLEARCOAT_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_IRIDESCENCEMAP
	vIridescenceMapUv = ( iridescenceMapTransform * vec3( IRIDESCENCEMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	vIridescenceThicknessMapUv = ( iridescenceThicknessMapTransform * vec3( IRIDESCENCE_THICKNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SHEEN_COLORMAP
	vSheenColorMapUv = ( sheenColorMapTransform * vec3( SHEEN_COLORMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	vSheenRoughnessMapUv = ( sheenRoughnessMapTransform * vec3( SHEEN_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULARMAP
	vSpecularMapUv = ( specularMapTransform * vec3( SPECULARMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULAR_COLORMAP
	vSpecularColorMapUv = ( specularColorMapTransform * vec3( SPECULAR_COLORMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	vSpecularIntensityMapUv = ( specularIntensityMapTransform * vec3( SPECULAR_INTENSITYMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_TRANSMISSIONMAP
	vTransmissionMapUv = ( transmissionMapTransform * vec3( TRANSMISSIONMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_THICKNESSMAP
	vThicknessMapUv = ( thicknessMapTransform * vec3( THICKNESSMAP_UV, 1 ) ).xy;
#endif`,worldpos_vertex:`#if defined( USE_ENVMAP ) || defined( DISTANCE ) || defined ( USE_SHADOWMAP ) || defined ( USE_TRANSMISSION ) || NUM_SPOT_LIGHT_COORDS > 0
	vec4 worldPosition = vec4( transformed, 1.0 );
	#ifdef USE_BATCHING
		worldPosition = batchingMatrix * worldPosition;
	#endif
	#ifdef USE_INSTANCING
		worldPosition = instanceMatrix * worldPosition;
	#endif
	worldPosition = modelMatrix * worldPosition;
#endif`,background_vert:`varying vec2 vUv;
uniform mat3 uvTransform;
void main() {
	vUv = ( uvTransform * vec3( uv, 1 ) ).xy;
	gl_Position = vec4( position.xy, 1.0, 1.0 );
}`,background_frag:`uniform sampler2D t2D;
uniform float backgroundIntensity;
varying vec2 vUv;
void main() {
	vec4 texColor = texture2D( t2D, vUv );
	#ifdef DECODE_VIDEO_TEXTURE
		texColor = vec4( mix( pow( texColor.rgb * 0.9478672986 + vec3( 0.0521327014 ), vec3( 2.4 ) ), texColor.rgb * 0.0773993808, vec3( lessThanEqual( texColor.rgb, vec3( 0.04045 ) ) ) ), texColor.w );
	#endif
	texColor.rgb *= backgroundIntensity;
	gl_FragColor = texColor;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,backgroundCube_vert:`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
	gl_Position.z = gl_Position.w;
}`,backgroundCube_frag:`uniform float backgroundBlurriness;
uniform float backgroundIntensity;
uniform mat3 backgroundRotation;
varying vec3 vWorldDirection;
#include <envmap_common_pars_fragment>
void main() {
	#ifdef ENVMAP_TYPE_PMREM
		vec4 texColor = textureLod( envMap, backgroundRotation * vWorldDirection, roughnessToMip( backgroundBlurriness ) );
	#else
		vec4 texColor = textureCube( envMap, backgroundRotation * vWorldDirection );
	#endif
	texColor.rgb *= backgroundIntensity;
	gl_FragColor = texColor;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,cube_vert:`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
	gl_Position.z = gl_Position.w;
}`,cube_frag:`uniform samplerCube tCube;
uniform float tFlip;
uniform float opacity;
varying vec3 vWorldDirection;
void main() {
	vec4 texColor = textureCube( tCube, vec3( tFlip * vWorldDirection.x, vWorldDirection.yz ) );
	gl_FragColor = texColor;
	gl_FragColor.a *= opacity;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,depth_vert:`#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
varying vec2 vHighPrecisionZW;
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <skinbase_vertex>
	#include <morphinstance_vertex>
	#ifdef USE_DISPLACEMENTMAP
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vHighPrecisionZW = gl_Position.zw;
}`,depth_frag:`#if DEPTH_PACKING == 3200
	uniform float opacity;
#endif
#include <common>
#include <packing>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
varying vec2 vHighPrecisionZW;
void main() {
	vec4 diffuseColor = vec4( 1.0 );
	#include <clipping_planes_fragment>
	#if DEPTH_PACKING == 3200
		diffuseColor.a = opacity;
	#endif
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <logdepthbuf_fragment>
	#ifdef USE_REVERSED_DEPTH_BUFFER
		float fragCoordZ = vHighPrecisionZW[ 0 ] / vHighPrecisionZW[ 1 ];
	#else
		float fragCoordZ = 0.5 * vHighPrecisionZW[ 0 ] / vHighPrecisionZW[ 1 ] + 0.5;
	#endif
	#if DEPTH_PACKING == 3200
		gl_FragColor = vec4( vec3( 1.0 - fragCoordZ ), opacity );
	#elif DEPTH_PACKING == 3201
		gl_FragColor = packDepthToRGBA( fragCoordZ );
	#elif DEPTH_PACKING == 3202
		gl_FragColor = vec4( packDepthToRGB( fragCoordZ ), 1.0 );
	#elif DEPTH_PACKING == 3203
		gl_FragColor = vec4( packDepthToRG( fragCoordZ ), 0.0, 1.0 );
	#endif
}`,distance_vert:`#define DISTANCE
varying vec3 vWorldPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <skinbase_vertex>
	#include <morphinstance_vertex>
	#ifdef USE_DISPLACEMENTMAP
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <worldpos_vertex>
	#include <clipping_planes_vertex>
	vWorldPosition = worldPosition.xyz;
}`,distance_frag:`#define DISTANCE
uniform vec3 referencePosition;
uniform float nearDistance;
uniform float farDistance;
varying vec3 vWorldPosition;
#include <common>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( 1.0 );
	#include <clipping_planes_fragment>
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	float dist = length( vWorldPosition - referencePosition );
	dist = ( dist - nearDistance ) / ( farDistance - nearDistance );
	dist = saturate( dist );
	gl_FragColor = vec4( dist, 0.0, 0.0, 1.0 );
}`,equirect_vert:`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
}`,equirect_frag:`uniform sampler2D tEquirect;
varying vec3 vWorldDirection;
#include <common>
void main() {
	vec3 direction = normalize( vWorldDirection );
	vec2 sampleUV = equirectUv( direction );
	gl_FragColor = texture2D( tEquirect, sampleUV );
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,linedashed_vert:`uniform float scale;
attribute float lineDistance;
varying float vLineDistance;
#include <common>
#include <uv_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	vLineDistance = scale * lineDistance;
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
}`,linedashed_frag:`uniform vec3 diffuse;
uniform float opacity;
uniform float dashSize;
uniform float totalSize;
varying float vLineDistance;
#include <common>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	if ( mod( vLineDistance, totalSize ) > dashSize ) {
		discard;
	}
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,meshbasic_vert:`#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#if defined ( USE_ENVMAP ) || defined ( USE_SKINNING )
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinbase_vertex>
		#include <skinnormal_vertex>
		#include <defaultnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <fog_vertex>
}`,meshbasic_frag:`uniform vec3 diffuse;
uniform float opacity;
#ifndef FLAT_SHADED
	varying vec3 vNormal;
#endif
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <fog_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	#ifdef USE_LIGHTMAP
		vec4 lightMapTexel = texture2D( lightMap, vLightMapUv );
		reflectedLight.indirectDiffuse += lightMapTexel.rgb * lightMapIntensity * RECIPROCAL_PI;
	#else
		reflectedLight.indirectDiffuse += vec3( 1.0 );
	#endif
	#include <aomap_fragment>
	reflectedLight.indirectDiffuse *= diffuseColor.rgb;
	vec3 outgoingLight = reflectedLight.indirectDiffuse;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,meshlambert_vert:`#define LAMBERT
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,meshlambert_frag:`#define LAMBERT
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_lambert_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_lambert_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + totalEmissiveRadiance;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,meshmatcap_vert:`#define MATCAP
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <color_pars_vertex>
#include <displacementmap_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
	vViewPosition = - mvPosition.xyz;
}`,meshmatcap_frag:`#define MATCAP
uniform vec3 diffuse;
uniform float opacity;
uniform sampler2D matcap;
varying vec3 vViewPosition;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <normal_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	vec3 viewDir = normalize( vViewPosition );
	vec3 x = normalize( vec3( viewDir.z, 0.0, - viewDir.x ) );
	vec3 y = cross( viewDir, x );
	vec2 uv = vec2( dot( x, normal ), dot( y, normal ) ) * 0.495 + 0.5;
	#ifdef USE_MATCAP
		vec4 matcapColor = texture2D( matcap, uv );
	#else
		vec4 matcapColor = vec4( vec3( mix( 0.2, 0.8, uv.y ) ), 1.0 );
	#endif
	vec3 outgoingLight = diffuseColor.rgb * matcapColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,meshnormal_vert:`#define NORMAL
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	varying vec3 vViewPosition;
#endif
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	vViewPosition = - mvPosition.xyz;
#endif
}`,meshnormal_frag:`#define NORMAL
uniform float opacity;
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	varying vec3 vViewPosition;
#endif
#include <uv_pars_fragment>
#include <normal_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( 0.0, 0.0, 0.0, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	gl_FragColor = vec4( normalize( normal ) * 0.5 + 0.5, diffuseColor.a );
	#ifdef OPAQUE
		gl_FragColor.a = 1.0;
	#endif
}`,meshphong_vert:`#define PHONG
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,meshphong_frag:`#define PHONG
uniform vec3 diffuse;
uniform vec3 emissive;
uniform vec3 specular;
uniform float shininess;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_phong_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_phong_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + reflectedLight.directSpecular + reflectedLight.indirectSpecular + totalEmissiveRadiance;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,meshphysical_vert:`#define STANDARD
varying vec3 vViewPosition;
#ifdef USE_TRANSMISSION
	varying vec3 vWorldPosition;
#endif
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
#ifdef USE_TRANSMISSION
	vWorldPosition = worldPosition.xyz;
#endif
}`,meshphysical_frag:`#define STANDARD
#ifdef PHYSICAL
	#define IOR
	#define USE_SPECULAR
#endif
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float roughness;
uniform float metalness;
uniform float opacity;
#ifdef IOR
	uniform float ior;
#endif
#ifdef USE_SPECULAR
	uniform float specularIntensity;
	uniform vec3 specularColor;
	#ifdef USE_SPECULAR_COLORMAP
		uniform sampler2D specularColorMap;
	#endif
	#ifdef USE_SPECULAR_INTENSITYMAP
		uniform sampler2D specularIntensityMap;
	#endif
#endif
#ifdef USE_CLEARCOAT
	uniform float clearcoat;
	uniform float clearcoatRoughness;
#endif
#ifdef USE_DIFFUSE_ROUGHNESS
	uniform float diffuseRoughness;
	#ifdef USE_DIFFUSE_ROUGHNESSMAP
		uniform sampler2D diffuseRoughnessMap;
	#endif
#endif
#ifdef USE_DISPERSION
	uniform float dispersion;
#endif
#ifdef USE_RETROREFLECTION
	uniform float retroreflectivity;
#endif
#ifdef USE_IRIDESCENCE
	uniform float iridescence;
	uniform float iridescenceIOR;
	uniform float iridescenceThicknessMinimum;
	uniform float iridescenceThicknessMaximum;
#endif
#ifdef USE_SHEEN
	uniform vec3 sheenColor;
	uniform float sheenRoughness;
	#ifdef USE_SHEEN_COLORMAP
		uniform sampler2D sheenColorMap;
	#endif
	#ifdef USE_SHEEN_ROUGHNESSMAP
		uniform sampler2D sheenRoughnessMap;
	#endif
#endif
#ifdef USE_ANISOTROPY
	uniform vec2 anisotropyVector;
	#ifdef USE_ANISOTROPYMAP
		uniform sampler2D anisotropyMap;
	#endif
#endif
varying vec3 vViewPosition;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <iridescence_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_physical_pars_fragment>
#include <transmission_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <clearcoat_pars_fragment>
#include <iridescence_pars_fragment>
#include <roughnessmap_pars_fragment>
#include <metalnessmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <roughnessmap_fragment>
	#include <metalnessmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <clearcoat_normal_fragment_begin>
	#include <clearcoat_normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_physical_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse;
	vec3 totalSpecular = reflectedLight.directSpecular + reflectedLight.indirectSpecular;
	#include <transmission_fragment>
	vec3 outgoingLight = totalDiffuse + totalSpecular + totalEmissiveRadiance;
	#ifdef USE_SHEEN
 
		outgoingLight = outgoingLight + sheenSpecularDirect + sheenSpecularIndirect;
 
 	#endif
	#ifdef USE_CLEARCOAT
		float dotNVcc = saturate( dot( geometryClearcoatNormal, geometryViewDir ) );
		vec3 Fcc = F_Schlick( material.clearcoatF0, material.clearcoatF90, dotNVcc );
		outgoingLight = outgoingLight * ( 1.0 - material.clearcoat * Fcc ) + ( clearcoatSpecularDirect + clearcoatSpecularIndirect ) * material.clearcoat;
	#endif
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,meshtoon_vert:`#define TOON
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,meshtoon_frag:`#define TOON
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <gradientmap_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_toon_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_toon_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + totalEmissiveRadiance;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,points_vert:`uniform float size;
uniform float scale;
#include <common>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
#ifdef USE_POINTS_UV
	varying vec2 vUv;
	uniform mat3 uvTransform;
#endif
void main() {
	#ifdef USE_POINTS_UV
		vUv = ( uvTransform * vec3( uv, 1 ) ).xy;
	#endif
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <project_vertex>
	gl_PointSize = size;
	#ifdef USE_SIZEATTENUATION
		bool isPerspective = isPerspectiveMatrix( projectionMatrix );
		if ( isPerspective ) gl_PointSize *= ( scale / - mvPosition.z );
	#endif
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <worldpos_vertex>
	#include <fog_vertex>
}`,points_frag:`uniform vec3 diffuse;
uniform float opacity;
#include <common>
#include <color_pars_fragment>
#include <map_particle_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_particle_fragment>
	#include <color_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,shadow_vert:`#include <common>
#include <batching_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <shadowmap_pars_vertex>
void main() {
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,shadow_frag:`uniform vec3 color;
uniform float opacity;
#include <common>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <logdepthbuf_pars_fragment>
#include <shadowmap_pars_fragment>
#include <shadowmask_pars_fragment>
void main() {
	#include <logdepthbuf_fragment>
	gl_FragColor = vec4( color, opacity * ( 1.0 - getShadowMask() ) );
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,sprite_vert:`uniform float rotation;
uniform vec2 center;
#include <common>
#include <uv_pars_vertex>
#include <fog_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	vec4 mvPosition = modelViewMatrix[ 3 ];
	vec2 scale = vec2( length( modelMatrix[ 0 ].xyz ), length( modelMatrix[ 1 ].xyz ) );
	#ifndef USE_SIZEATTENUATION
		bool isPerspective = isPerspectiveMatrix( projectionMatrix );
		if ( isPerspective ) scale *= - mvPosition.z;
	#endif
	vec2 alignedPosition = ( position.xy - ( center - vec2( 0.5 ) ) ) * scale;
	vec2 rotatedPosition;
	rotatedPosition.x = cos( rotation ) * alignedPosition.x - sin( rotation ) * alignedPosition.y;
	rotatedPosition.y = sin( rotation ) * alignedPosition.x + cos( rotation ) * alignedPosition.y;
	mvPosition.xy += rotatedPosition;
	gl_Position = projectionMatrix * mvPosition;
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
}`,sprite_frag:`uniform vec3 diffuse;
uniform float opacity;
#include <common>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
}`},K={common:{diffuse:{value:new z(16777215)},opacity:{value:1},map:{value:null},mapTransform:{value:new W},alphaMap:{value:null},alphaMapTransform:{value:new W},alphaTest:{value:0}},specularmap:{specularMap:{value:null},specularMapTransform:{value:new W}},envmap:{envMap:{value:null},envMapRotation:{value:new W},reflectivity:{value:1},ior:{value:1.5},refractionRatio:{value:.98},dfgLUT:{value:null}},aomap:{aoMap:{value:null},aoMapIntensity:{value:1},aoMapTransform:{value:new W}},lightmap:{lightMap:{value:null},lightMapIntensity:{value:1},lightMapTransform:{value:new W}},bumpmap:{bumpMap:{value:null},bumpMapTransform:{value:new W},bumpScale:{value:1}},normalmap:{normalMap:{value:null},normalMapTransform:{value:new W},normalScale:{value:new tt(1,1)}},displacementmap:{displacementMap:{value:null},displacementMapTransform:{value:new W},displacementScale:{value:1},displacementBias:{value:0}},emissivemap:{emissiveMap:{value:null},emissiveMapTransform:{value:new W}},metalnessmap:{metalnessMap:{value:null},metalnessMapTransform:{value:new W}},roughnessmap:{roughnessMap:{value:null},roughnessMapTransform:{value:new W}},gradientmap:{gradientMap:{value:null}},fog:{fogDensity:{value:25e-5},fogNear:{value:1},fogFar:{value:2e3},fogColor:{value:new z(16777215)}},lights:{ambientLightColor:{value:[]},lightProbe:{value:[]},sunLights:{value:[],properties:{direction:{},color:{}}},sunLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},sunShadowMatrix:{value:[]},sunShadowCascade:{value:[]},directionalLights:{value:[],properties:{direction:{},color:{}}},directionalLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},directionalShadowMatrix:{value:[]},spotLights:{value:[],properties:{color:{},position:{},direction:{},distance:{},coneCos:{},penumbraCos:{},decay:{}}},spotLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},spotLightMap:{value:[]},spotLightMatrix:{value:[]},pointLights:{value:[],properties:{color:{},position:{},decay:{},distance:{}}},pointLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{},shadowCameraNear:{},shadowCameraFar:{}}},pointShadowMatrix:{value:[]},hemisphereLights:{value:[],properties:{direction:{},skyColor:{},groundColor:{}}},rectAreaLights:{value:[],properties:{color:{},position:{},width:{},height:{}}},ltc_1:{value:null},ltc_2:{value:null},probesSH:{value:[]},probesMin:{value:[]},probesMax:{value:[]},probesResolution:{value:[]}},points:{diffuse:{value:new z(16777215)},opacity:{value:1},size:{value:1},scale:{value:1},map:{value:null},alphaMap:{value:null},alphaMapTransform:{value:new W},alphaTest:{value:0},uvTransform:{value:new W}},sprite:{diffuse:{value:new z(16777215)},opacity:{value:1},center:{value:new tt(.5,.5)},rotation:{value:0},map:{value:null},mapTransform:{value:new W},alphaMap:{value:null},alphaMapTransform:{value:new W},alphaTest:{value:0}}},Ft={basic:{uniforms:H([K.common,K.specularmap,K.envmap,K.aomap,K.lightmap,K.fog]),vertexShader:G.meshbasic_vert,fragmentShader:G.meshbasic_frag},lambert:{uniforms:H([K.common,K.specularmap,K.envmap,K.aomap,K.lightmap,K.emissivemap,K.bumpmap,K.normalmap,K.displacementmap,K.fog,K.lights,{emissive:{value:new z(0)},envMapIntensity:{value:1}}]),vertexShader:G.meshlambert_vert,fragmentShader:G.meshlambert_frag},phong:{uniforms:H([K.common,K.specularmap,K.envmap,K.aomap,K.lightmap,K.emissivemap,K.bumpmap,K.normalmap,K.displacementmap,K.fog,K.lights,{emissive:{value:new z(0)},specular:{value:new z(1118481)},shininess:{value:30},envMapIntensity:{value:1}}]),vertexShader:G.meshphong_vert,fragmentShader:G.meshphong_frag},standard:{uniforms:H([K.common,K.envmap,K.aomap,K.lightmap,K.emissivemap,K.bumpmap,K.normalmap,K.displacementmap,K.roughnessmap,K.metalnessmap,K.fog,K.lights,{emissive:{value:new z(0)},roughness:{value:1},metalness:{value:0},envMapIntensity:{value:1}}]),vertexShader:G.meshphysical_vert,fragmentShader:G.meshphysical_frag},toon:{uniforms:H([K.common,K.aomap,K.lightmap,K.emissivemap,K.bumpmap,K.normalmap,K.displacementmap,K.gradientmap,K.fog,K.lights,{emissive:{value:new z(0)}}]),vertexShader:G.meshtoon_vert,fragmentShader:G.meshtoon_frag},matcap:{uniforms:H([K.common,K.bumpmap,K.normalmap,K.displacementmap,K.fog,{matcap:{value:null}}]),vertexShader:G.meshmatcap_vert,fragmentShader:G.meshmatcap_frag},points:{uniforms:H([K.points,K.fog]),vertexShader:G.points_vert,fragmentShader:G.points_frag},dashed:{uniforms:H([K.common,K.fog,{scale:{value:1},dashSize:{value:1},totalSize:{value:2}}]),vertexShader:G.linedashed_vert,fragmentShader:G.linedashed_frag},depth:{uniforms:H([K.common,K.displacementmap]),vertexShader:G.depth_vert,fragmentShader:G.depth_frag},normal:{uniforms:H([K.common,K.bumpmap,K.normalmap,K.displacementmap,{opacity:{value:1}}]),vertexShader:G.meshnormal_vert,fragmentShader:G.meshnormal_frag},sprite:{uniforms:H([K.sprite,K.fog]),vertexShader:G.sprite_vert,fragmentShader:G.sprite_frag},background:{uniforms:{uvTransform:{value:new W},t2D:{value:null},backgroundIntensity:{value:1}},vertexShader:G.background_vert,fragmentShader:G.background_frag},backgroundCube:{uniforms:{envMap:{value:null},backgroundBlurriness:{value:0},backgroundIntensity:{value:1},backgroundRotation:{value:new W}},vertexShader:G.backgroundCube_vert,fragmentShader:G.backgroundCube_frag},cube:{uniforms:{tCube:{value:null},tFlip:{value:-1},opacity:{value:1}},vertexShader:G.cube_vert,fragmentShader:G.cube_frag},equirect:{uniforms:{tEquirect:{value:null}},vertexShader:G.equirect_vert,fragmentShader:G.equirect_frag},distance:{uniforms:H([K.common,K.displacementmap,{referencePosition:{value:new B},nearDistance:{value:1},farDistance:{value:1e3}}]),vertexShader:G.distance_vert,fragmentShader:G.distance_frag},shadow:{uniforms:H([K.lights,K.fog,{color:{value:new z(0)},opacity:{value:1}}]),vertexShader:G.shadow_vert,fragmentShader:G.shadow_frag}};Ft.physical={uniforms:H([Ft.standard.uniforms,{clearcoat:{value:0},clearcoatMap:{value:null},clearcoatMapTransform:{value:new W},clearcoatNormalMap:{value:null},clearcoatNormalMapTransform:{value:new W},clearcoatNormalScale:{value:new tt(1,1)},clearcoatRoughness:{value:0},clearcoatRoughnessMap:{value:null},clearcoatRoughnessMapTransform:{value:new W},diffuseRoughness:{value:0},diffuseRoughnessMap:{value:null},diffuseRoughnessMapTransform:{value:new W},dispersion:{value:0},retroreflectivity:{value:0},iridescence:{value:0},iridescenceMap:{value:null},iridescenceMapTransform:{value:new W},iridescenceIOR:{value:1.3},iridescenceThicknessMinimum:{value:100},iridescenceThicknessMaximum:{value:400},iridescenceThicknessMap:{value:null},iridescenceThicknessMapTransform:{value:new W},sheen:{value:0},sheenColor:{value:new z(0)},sheenColorMap:{value:null},sheenColorMapTransform:{value:new W},sheenRoughness:{value:1},sheenRoughnessMap:{value:null},sheenRoughnessMapTransform:{value:new W},transmission:{value:0},transmissionMap:{value:null},transmissionMapTransform:{value:new W},transmissionSamplerSize:{value:new tt},transmissionSamplerMap:{value:null},thickness:{value:0},thicknessMap:{value:null},thicknessMapTransform:{value:new W},attenuationDistance:{value:0},attenuationColor:{value:new z(0)},specularColor:{value:new z(1,1,1)},specularColorMap:{value:null},specularColorMapTransform:{value:new W},specularIntensity:{value:1},specularIntensityMap:{value:null},specularIntensityMapTransform:{value:new W},anisotropyVector:{value:new tt},anisotropyMap:{value:null},anisotropyMapTransform:{value:new W}}]),vertexShader:G.meshphysical_vert,fragmentShader:G.meshphysical_frag};var It={r:0,b:0,g:0},Lt=new P,Rt=new W;Rt.set(-1,0,0,0,1,0,0,0,1);function zt(e,t,n,r,i,a){let o=new z(0),s=i===!0?0:1,c,l,u=null,p=0,m=null;function h(e){let n=e.isScene===!0?e.background:null;if(n&&n.isTexture){let r=e.backgroundBlurriness>0;n=t.get(n,r)}return n}function g(t){let r=!1,i=h(t);i===null?v(o,s):i&&i.isColor&&(v(i,1),r=!0);let c=e.xr.getEnvironmentBlendMode();c===`additive`?n.buffers.color.setClear(0,0,0,1,a):c===`alpha-blend`&&n.buffers.color.setClear(0,0,0,0,a),(e.autoClear||r)&&(n.buffers.depth.setTest(!0),n.buffers.depth.setMask(!0),n.buffers.color.setMask(!0),e.clear(e.autoClearColor,e.autoClearDepth,e.autoClearStencil))}function _(t,n){let i=h(n);i&&i.isCubeTexture?(l===void 0&&(l=new d(new Qe(1,1,1),new y({name:`BackgroundCubeMaterial`,uniforms:xt(Ft.backgroundCube.uniforms),vertexShader:Ft.backgroundCube.vertexShader,fragmentShader:Ft.backgroundCube.fragmentShader,side:1,depthTest:!1,depthWrite:!1,fog:!1,allowOverride:!1})),l.geometry.deleteAttribute(`normal`),l.geometry.deleteAttribute(`uv`),l.onBeforeRender=function(e,t,n){this.matrixWorld.copyPosition(n.matrixWorld)},Object.defineProperty(l.material,"envMap",{get:function(){return this.uniforms.envMap.value}}),r.update(l)),l.material.uniforms.envMap.value=i,l.material.uniforms.backgroundBlurriness.value=n.backgroundBlurriness,l.material.uniforms.backgroundIntensity.value=n.backgroundIntensity,l.material.uniforms.backgroundRotation.value.setFromMatrix4(Lt.makeRotationFromEuler(n.backgroundRotation)).transpose(),i.isRenderTargetTexture===!1&&l.material.uniforms.backgroundRotation.value.premultiply(Rt),l.material.toneMapped=He.getTransfer(i.colorSpace)!==be,(u!==i||p!==i.version||m!==e.toneMapping)&&(l.material.needsUpdate=!0,u=i,p=i.version,m=e.toneMapping),l.layers.enableAll(),t.unshift(l,l.geometry,l.material,0,0,null)):i&&i.isTexture&&(c===void 0&&(c=new d(new Tt(2,2),new y({name:`BackgroundMaterial`,uniforms:xt(Ft.background.uniforms),vertexShader:Ft.background.vertexShader,fragmentShader:Ft.background.fragmentShader,side:0,depthTest:!1,depthWrite:!1,fog:!1,allowOverride:!1})),c.geometry.deleteAttribute(`normal`),Object.defineProperty(c.material,"map",{get:function(){return this.uniforms.t2D.value}}),r.update(c)),c.material.uniforms.t2D.value=i,c.material.uniforms.backgroundIntensity.value=n.backgroundIntensity,c.material.toneMapped=He.getTransfer(i.colorSpace)!==be,i.matrixAutoUpdate===!0&&i.updateMatrix(),c.material.uniforms.uvTransform.value.copy(i.matrix),(u!==i||p!==i.version||m!==e.toneMapping)&&(c.material.needsUpdate=!0,u=i,p=i.version,m=e.toneMapping),c.layers.enableAll(),t.unshift(c,c.geometry,c.material,0,0,null))}function v(t,r){t.getRGB(It,f(e)),n.buffers.color.setClear(It.r,It.g,It.b,r,a)}function b(){l!==void 0&&(l.geometry.dispose(),l.material.dispose(),l=void 0),c!==void 0&&(c.geometry.dispose(),c.material.dispose(),c=void 0)}return{getClearColor:function(){return o},setClearColor:function(e,t=1){o.set(e),s=t,v(o,s)},getClearAlpha:function(){return s},setClearAlpha:function(e){s=e,v(o,s)},render:g,addToRenderList:_,dispose:b}}function Bt(e,t){let n=e.getParameter(e.MAX_VERTEX_ATTRIBS),r={},i=f(null),a=i,o=!1;function s(n,r,i,s,c){let u=!1,f=d(n,s,i,r);a!==f&&(a=f,l(a.object)),u=p(n,s,i,c),u&&m(n,s,i,c),c!==null&&t.update(c,e.ELEMENT_ARRAY_BUFFER),(u||o)&&(o=!1,b(n,r,i,s),c!==null&&e.bindBuffer(e.ELEMENT_ARRAY_BUFFER,t.get(c).buffer))}function c(){return e.createVertexArray()}function l(t){return e.bindVertexArray(t)}function u(t){return e.deleteVertexArray(t)}function d(e,t,n,i){let a=i.wireframe===!0,o=r[t.id];o===void 0&&(o={},r[t.id]=o);let s=e.isInstancedMesh===!0?e.id:0,l=o[s];l===void 0&&(l={},o[s]=l);let u=l[n.id];u===void 0&&(u={},l[n.id]=u);let d=u[a];return d===void 0&&(d=f(c()),u[a]=d),d}function f(e){let t=[],r=[],i=[];for(let e=0;e<n;e++)t[e]=0,r[e]=0,i[e]=0;return{geometry:null,program:null,wireframe:!1,newAttributes:t,enabledAttributes:r,attributeDivisors:i,object:e,attributes:{},index:null}}function p(e,t,n,r){let i=a.attributes,o=t.attributes,s=0,c=n.getAttributes();for(let t in c)if(c[t].location>=0){let n=i[t],r=o[t];if(r===void 0&&(t===`instanceMatrix`&&e.instanceMatrix&&(r=e.instanceMatrix),t===`instanceColor`&&e.instanceColor&&(r=e.instanceColor)),n===void 0||n.attribute!==r||r&&n.data!==r.data)return!0;s++}return a.attributesNum!==s||a.index!==r}function m(e,t,n,r){let i={},o=t.attributes,s=0,c=n.getAttributes();for(let t in c)if(c[t].location>=0){let n=o[t];n===void 0&&(t===`instanceMatrix`&&e.instanceMatrix&&(n=e.instanceMatrix),t===`instanceColor`&&e.instanceColor&&(n=e.instanceColor));let r={};r.attribute=n,n&&n.data&&(r.data=n.data),i[t]=r,s++}a.attributes=i,a.attributesNum=s,a.index=r}function h(){let e=a.newAttributes;for(let t=0,n=e.length;t<n;t++)e[t]=0}function g(e){_(e,0)}function _(t,n){let r=a.newAttributes,i=a.enabledAttributes,o=a.attributeDivisors;r[t]=1,i[t]===0&&(e.enableVertexAttribArray(t),i[t]=1),o[t]!==n&&(e.vertexAttribDivisor(t,n),o[t]=n)}function v(){let t=a.newAttributes,n=a.enabledAttributes;for(let r=0,i=n.length;r<i;r++)n[r]!==t[r]&&(e.disableVertexAttribArray(r),n[r]=0)}function y(t,n,r,i,a,o,s){s===!0?e.vertexAttribIPointer(t,n,r,a,o):e.vertexAttribPointer(t,n,r,i,a,o)}function b(n,r,i,a){h();let o=a.attributes,s=i.getAttributes(),c=r.defaultAttributeValues;for(let r in s){let i=s[r];if(i.location>=0){let s=o[r];if(s===void 0&&(r===`instanceMatrix`&&n.instanceMatrix&&(s=n.instanceMatrix),r===`instanceColor`&&n.instanceColor&&(s=n.instanceColor)),s!==void 0){let r=s.normalized,o=s.itemSize,c=t.get(s);if(c===void 0)continue;let l=c.buffer,u=c.type,d=c.bytesPerElement,f=u===e.INT||u===e.UNSIGNED_INT||s.gpuType===1013;if(s.isInterleavedBufferAttribute){let t=s.data,c=t.isInterleavedBuffer===!0?t.stride:t.itemSize,p=s.offset;if(t.isInstancedInterleavedBuffer||t.isInstancedBufferAttribute){for(let e=0;e<i.locationSize;e++)_(i.location+e,t.meshPerAttribute);n.isInstancedMesh!==!0&&a._maxInstanceCount===void 0&&(a._maxInstanceCount=t.meshPerAttribute*t.count)}else for(let e=0;e<i.locationSize;e++)g(i.location+e);e.bindBuffer(e.ARRAY_BUFFER,l);for(let e=0;e<i.locationSize;e++)y(i.location+e,o/i.locationSize,u,r,c*d,(p+o/i.locationSize*e)*d,f)}else{if(s.isInstancedBufferAttribute){for(let e=0;e<i.locationSize;e++)_(i.location+e,s.meshPerAttribute);n.isInstancedMesh!==!0&&a._maxInstanceCount===void 0&&(a._maxInstanceCount=s.meshPerAttribute*s.count)}else for(let e=0;e<i.locationSize;e++)g(i.location+e);e.bindBuffer(e.ARRAY_BUFFER,l);for(let e=0;e<i.locationSize;e++)y(i.location+e,o/i.locationSize,u,r,o*d,o/i.locationSize*e*d,f)}}else if(c!==void 0){let t=c[r];if(t!==void 0)switch(t.length){case 2:e.vertexAttrib2fv(i.location,t);break;case 3:e.vertexAttrib3fv(i.location,t);break;case 4:e.vertexAttrib4fv(i.location,t);break;default:e.vertexAttrib1fv(i.location,t)}}}}v()}function x(){T();for(let e in r){let t=r[e];for(let e in t){let n=t[e];for(let e in n){let t=n[e];for(let e in t)u(t[e].object),delete t[e];delete n[e]}}delete r[e]}}function S(e){if(r[e.id]===void 0)return;let t=r[e.id];for(let e in t){let n=t[e];for(let e in n){let t=n[e];for(let e in t)u(t[e].object),delete t[e];delete n[e]}}delete r[e.id]}function C(e){for(let t in r){let n=r[t];for(let t in n){let r=n[t];if(r[e.id]===void 0)continue;let i=r[e.id];for(let e in i)u(i[e].object),delete i[e];delete r[e.id]}}}function w(e){for(let t in r){let n=r[t],i=e.isInstancedMesh===!0?e.id:0,a=n[i];if(a!==void 0){for(let e in a){let t=a[e];for(let e in t)u(t[e].object),delete t[e];delete a[e]}delete n[i],Object.keys(n).length===0&&delete r[t]}}}function T(){E(),o=!0,a!==i&&(a=i,l(a.object))}function E(){i.geometry=null,i.program=null,i.wireframe=!1}return{setup:s,reset:T,resetDefaultState:E,dispose:x,releaseStatesOfGeometry:S,releaseStatesOfObject:w,releaseStatesOfProgram:C,initAttributes:h,enableAttribute:g,disableUnusedAttributes:v}}function Vt(e,t,n){let r;function i(e){r=e}function a(t,i){e.drawArrays(r,t,i),n.update(i,r,1)}function o(t,i,a){a!==0&&(e.drawArraysInstanced(r,t,i,a),n.update(i,r,a))}function s(e,i,a){if(a===0)return;t.get(`WEBGL_multi_draw`).multiDrawArraysWEBGL(r,e,0,i,0,a);let o=0;for(let e=0;e<a;e++)o+=i[e];n.update(o,r,1)}this.setMode=i,this.render=a,this.renderInstances=o,this.renderMultiDraw=s}function Ht(e,t,n,r){let i;function a(){if(i!==void 0)return i;if(t.has(`EXT_texture_filter_anisotropic`)===!0){let n=t.get(`EXT_texture_filter_anisotropic`);i=e.getParameter(n.MAX_TEXTURE_MAX_ANISOTROPY_EXT)}else i=0;return i}function o(t){return t===1023||r.convert(t)===e.getParameter(e.IMPLEMENTATION_COLOR_READ_FORMAT)}function s(n){let i=n===1016&&(t.has(`EXT_color_buffer_half_float`)||t.has(`EXT_color_buffer_float`));return!(n!==1009&&n!==1015&&!i&&r.convert(n)!==e.getParameter(e.IMPLEMENTATION_COLOR_READ_TYPE))}function c(t){if(t===`highp`){if(e.getShaderPrecisionFormat(e.VERTEX_SHADER,e.HIGH_FLOAT).precision>0&&e.getShaderPrecisionFormat(e.FRAGMENT_SHADER,e.HIGH_FLOAT).precision>0)return`highp`;t=`mediump`}return t===`mediump`&&e.getShaderPrecisionFormat(e.VERTEX_SHADER,e.MEDIUM_FLOAT).precision>0&&e.getShaderPrecisionFormat(e.FRAGMENT_SHADER,e.MEDIUM_FLOAT).precision>0?`mediump`:`lowp`}let l=n.precision===void 0?`highp`:n.precision,u=c(l);u!==l&&(V(`WebGLRenderer:`,l,`not supported, using`,u,`instead.`),l=u);let d=n.reversedDepthBuffer===!0&&t.has(`EXT_clip_control`),f=n.logarithmicDepthBuffer===!0&&d===!1;n.reversedDepthBuffer===!0&&d===!1&&V(`WebGLRenderer: Unable to use reversed depth buffer due to missing EXT_clip_control extension. Fallback to default depth buffer.`),n.logarithmicDepthBuffer===!0&&d===!0&&V(`WebGLRenderer: Logarithmic depth buffer is ignored when reversed depth buffer is enabled.`);let p=e.getParameter(e.MAX_TEXTURE_IMAGE_UNITS),m=e.getParameter(e.MAX_VERTEX_TEXTURE_IMAGE_UNITS),h=e.getParameter(e.MAX_TEXTURE_SIZE),g=e.getParameter(e.MAX_CUBE_MAP_TEXTURE_SIZE),_=e.getParameter(e.MAX_VERTEX_ATTRIBS),v=e.getParameter(e.MAX_VERTEX_UNIFORM_VECTORS),y=e.getParameter(e.MAX_VARYING_VECTORS),b=e.getParameter(e.MAX_FRAGMENT_UNIFORM_VECTORS),x=e.getParameter(e.MAX_SAMPLES),S=e.getParameter(e.SAMPLES);return{isWebGL2:!0,getMaxAnisotropy:a,getMaxPrecision:c,textureFormatReadable:o,textureTypeReadable:s,precision:l,logarithmicDepthBuffer:f,reversedDepthBuffer:d,maxTextures:p,maxVertexTextures:m,maxTextureSize:h,maxCubemapSize:g,maxAttributes:_,maxVertexUniforms:v,maxVaryings:y,maxFragmentUniforms:b,maxSamples:x,samples:S}}function Ut(e){let t=this,n=null,r=0,i=!1,a=!1,o=new pe,s=new W,c={value:null,needsUpdate:!1};this.uniform=c,this.numPlanes=0,this.numIntersection=0,this.init=function(e,t){let n=e.length!==0||t||r!==0||i;return i=t,r=e.length,n},this.beginShadows=function(){a=!0,u(null)},this.endShadows=function(){a=!1},this.setGlobalState=function(e,t){n=u(e,t,0)},this.setState=function(t,o,s){let d=t.clippingPlanes,f=t.clipIntersection,p=t.clipShadows,m=e.get(t);if(!i||d===null||d.length===0||a&&!p)a?u(null):l();else{let e=a?0:r,t=e*4,i=m.clippingState||null;c.value=i,i=u(d,o,t,s);for(let e=0;e!==t;++e)i[e]=n[e];m.clippingState=i,this.numIntersection=f?this.numPlanes:0,this.numPlanes+=e}};function l(){c.value!==n&&(c.value=n,c.needsUpdate=r>0),t.numPlanes=r,t.numIntersection=0}function u(e,n,r,i){let a=e===null?0:e.length,l=null;if(a!==0){if(l=c.value,i!==!0||l===null){let t=r+a*4,i=n.matrixWorldInverse;s.getNormalMatrix(i),(l===null||l.length<t)&&(l=new Float32Array(t));for(let t=0,n=r;t!==a;++t,n+=4)o.copy(e[t]).applyMatrix4(i,s),o.normal.toArray(l,n),l[n+3]=o.constant}c.value=l,c.needsUpdate=!0}return t.numPlanes=a,t.numIntersection=0,l}}var Wt=class extends Ct{constructor(e=1,t={}){super(e,e,t),this.isWebGLCubeRenderTarget=!0;let n={width:e,height:e,depth:1},r=[n,n,n,n,n,n];this.texture=new Fe(r),this._setTextureOptions(t),this.texture.isRenderTargetTexture=!0}fromEquirectangularTexture(e,t){this.texture.type=t.type,this.texture.colorSpace=t.colorSpace,this.texture.generateMipmaps=t.generateMipmaps,this.texture.minFilter=t.minFilter,this.texture.magFilter=t.magFilter;let n={uniforms:{tEquirect:{value:null}},vertexShader:`

				varying vec3 vWorldDirection;

				vec3 transformDirection( in vec3 dir, in mat4 matrix ) {

					return normalize( ( matrix * vec4( dir, 0.0 ) ).xyz );

				}

				void main() {

					vWorldDirection = transformDirection( position, modelMatrix );

					#include <begin_vertex>
					#include <project_vertex>

				}
			`,fragmentShader:`

				uniform sampler2D tEquirect;

				varying vec3 vWorldDirection;

				#include <common>

				void main() {

					vec3 direction = normalize( vWorldDirection );

					vec2 sampleUV = equirectUv( direction );

					gl_FragColor = texture2D( tEquirect, sampleUV );

				}
			`},r=new Qe(5,5,5),i=new y({name:`CubemapFromEquirect`,uniforms:xt(n.uniforms),vertexShader:n.vertexShader,fragmentShader:n.fragmentShader,side:1,blending:0});i.uniforms.tEquirect.value=t;let a=new d(r,i),o=t.minFilter;return t.minFilter===1008&&(t.minFilter=$e),new mt(1,10,this).update(e,a),t.minFilter=o,a.geometry.dispose(),a.material.dispose(),this}clear(e,t=!0,n=!0,r=!0){let i=e.getRenderTarget();for(let i=0;i<6;i++)e.setRenderTarget(this,i),e.clear(t,n,r);e.setRenderTarget(i)}},Gt=256,Kt=3,qt=20,Jt=256,Yt=16,Xt=3,Zt=new B,Qt=new z,$t=class e{constructor(e){this._renderer=e,this._cubeSize=0,this._sourceTarget=null,this._cubeCamera=new mt(1,10,null),this._boxMesh=new d(new Qe(5,5,5),null),this._cubemapMaterial=null,this._equirectMaterial=null,this._blurMaterial=null,this._ggxMaterial=null,this._integrationMaterial=null}fromScene(e,t=0,n=.1,r=100,i={}){let{size:a=256,position:o=Zt}=i,s=this._renderer;this._setSize(a);let c=this._allocateTarget(),l=this._getSourceTarget(!0);t>0&&(l.texture.mipmapsAutoUpdate=!1);let u=s.autoClear,d=s.autoClearColor,f=s.autoClearDepth,p=s.autoClearStencil,m=e.background;s.autoClear=!0,s.autoClearColor=!0,s.autoClearDepth=!0,s.autoClearStencil=!0,m===null&&(e.background=s.getClearColor(Qt));let h=new mt(n,r,l);return h.position.copy(o),h.update(s,e),s.autoClear=u,s.autoClearColor=d,s.autoClearDepth=f,s.autoClearStencil=p,e.background=m,t>0&&(l.texture.mipmapsAutoUpdate=!0,this._blur(c,t)),this._applyPMREM(c),c}fromEquirectangular(e,t=null){return this._fromTexture(e,t)}fromCubemap(e,t=null){return this._fromTexture(e,t)}compileCubemapShader(){this._cubemapMaterial===null&&(this._cubemapMaterial=sn(),this._compileMaterial(this._cubemapMaterial))}compileEquirectangularShader(){this._equirectMaterial===null&&(this._equirectMaterial=on(),this._compileMaterial(this._equirectMaterial))}dispose(){this._sourceTarget!==null&&this._sourceTarget.dispose(),this._cubemapMaterial!==null&&this._cubemapMaterial.dispose(),this._equirectMaterial!==null&&this._equirectMaterial.dispose(),this._blurMaterial!==null&&this._blurMaterial.dispose(),this._ggxMaterial!==null&&this._ggxMaterial.dispose(),this._integrationMaterial!==null&&this._integrationMaterial.dispose(),this._boxMesh.geometry.dispose()}static lodToRoughness(e,t){return t>0?1-Math.sqrt(1-e/t):0}_setSize(e){this._cubeSize=Math.max(Gt,_e(e))}_fromTexture(e,t){e.mapping===301||e.mapping===302?this._setSize(e.image.length===0?Gt:e.image[0].width||e.image[0].image.width):this._setSize(e.image.width/4);let n=t||this._allocateTarget();return this._textureToCubemap(e),this._applyPMREM(n),n}_allocateTarget(){let e=this._cubeSize,t=en(e,!1,!1),n=Math.log2(e)-Kt;for(let r=0;r<=n;r++)t.texture.mipmaps.push({width:e>>r,height:e>>r});return t.texture.name=`PMREM`,t.texture.isPMREMTexture=!0,t}_getSourceTarget(e=!1){let t=this._cubeSize,n=this._sourceTarget;return(n===null||n.width!==t||e&&n.depthBuffer===!1)&&(n!==null&&n.dispose(),this._sourceTarget=en(t,!0,e)),this._sourceTarget}_compileMaterial(e){this._boxMesh.material=e,this._renderer.compile(this._boxMesh,this._cubeCamera.children[0])}_renderCube(e,t,n){let r=this._boxMesh,i=this._cubeCamera;r.material=n,i.renderTarget=e,i.activeMipmapLevel=t;let a=e.width>>t;e.viewport.set(0,0,a,a),i.update(this._renderer,r),e.viewport.set(0,0,e.width,e.height)}_textureToCubemap(e){let t;e.mapping===301||e.mapping===302?(this._cubemapMaterial===null&&(this._cubemapMaterial=sn()),t=this._cubemapMaterial,t.uniforms.flipEnvMap.value=e.isRenderTargetTexture===!1?-1:1):(this._equirectMaterial===null&&(this._equirectMaterial=on()),t=this._equirectMaterial),t.uniforms.envMap.value=e,this._renderCube(this._getSourceTarget(),0,t)}_applyPMREM(t){this._ggxMaterial===null&&(this._ggxMaterial=nn(),this._integrationMaterial=rn());let n=this._cubeSize,r=t.texture.mipmaps.length-1,i=this._ggxMaterial.uniforms;i.envMap.value=this._sourceTarget.texture;let a=this._integrationMaterial.uniforms;a.envMap.value=this._sourceTarget.texture,a.sourceLod.value=Math.log2(n/Yt);for(let o=0;o<=r;o++){let s=e.lodToRoughness(o,r);if(o>r-Xt)a.roughness.value=s,this._renderCube(t,o,this._integrationMaterial);else{let e=s>0?Math.log2(n)+.5*Math.log2(6/(Jt*s**4))+.5:0;i.roughness.value=s,i.lodBias.value=e,this._renderCube(t,o,this._ggxMaterial)}}}_blur(e,t){this._blurMaterial===null&&(this._blurMaterial=an());let n=this._blurMaterial,r=n.uniforms,i=this._sourceTarget;r.sigma.value=Math.min(t,Math.PI)/Math.SQRT2,r.envMap.value=i.texture,this._renderCube(e,0,n),r.envMap.value=e.texture,this._renderCube(i,0,n)}};function en(e,t,n){return new Wt(e,{minFilter:pt,generateMipmaps:t,type:ye,colorSpace:Ve,depthBuffer:n})}function tn(e,t,n){return new y({name:e,uniforms:t,vertexShader:G.cube_vert,fragmentShader:n,side:1,blending:0,depthTest:!1,depthWrite:!1})}function nn(){return tn(`PMREMGGXConvolution`,{envMap:{value:null},roughness:{value:0},lodBias:{value:0}},`

		#define GGX_SAMPLES ${Jt}u

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float roughness;
		uniform float lodBias;

		#include <common>

		// Van der Corput radical inverse
		float radicalInverse_VdC( uint bits ) {

			bits = ( bits << 16u ) | ( bits >> 16u );
			bits = ( ( bits & 0x55555555u ) << 1u ) | ( ( bits & 0xAAAAAAAAu ) >> 1u );
			bits = ( ( bits & 0x33333333u ) << 2u ) | ( ( bits & 0xCCCCCCCCu ) >> 2u );
			bits = ( ( bits & 0x0F0F0F0Fu ) << 4u ) | ( ( bits & 0xF0F0F0F0u ) >> 4u );
			bits = ( ( bits & 0x00FF00FFu ) << 8u ) | ( ( bits & 0xFF00FF00u ) >> 8u );
			return float( bits ) * 2.3283064365386963e-10; // / 0x100000000

		}

		// Hammersley sequence
		vec2 hammersley( uint i, uint N ) {

			return vec2( float( i ) / float( N ), radicalInverse_VdC( i ) );

		}

		void main() {

			vec3 N = normalize( vWorldDirection );

			// For very low roughness, just sample the environment directly
			if ( roughness < 0.001 ) {

				gl_FragColor = vec4( textureLod( envMap, N, 0.0 ).rgb, 1.0 );
				return;

			}

			float alpha = roughness * roughness;
			float alpha2 = alpha * alpha;

			// Tangent space basis for VNDF sampling
			vec3 up = abs( N.z ) < 0.999 ? vec3( 0.0, 0.0, 1.0 ) : vec3( 1.0, 0.0, 0.0 );
			vec3 tangent = normalize( cross( up, N ) );
			vec3 bitangent = cross( N, tangent );

			vec3 prefilteredColor = vec3( 0.0 );
			float totalWeight = 0.0;

			for ( uint i = 0u; i < GGX_SAMPLES; i ++ ) {

				vec2 Xi = hammersley( i, GGX_SAMPLES );

				// With V = N, sample the reflected direction directly.
				float invQ = 1.0 / ( 1.0 - Xi.x + alpha2 * Xi.x );
				float NdotL = ( 1.0 - Xi.x - alpha2 * Xi.x ) * invQ;

				if ( NdotL > 0.0 ) {

					float phi = 2.0 * PI * Xi.y;
					float sinTheta = 2.0 * alpha * sqrt( Xi.x * ( 1.0 - Xi.x ) ) * invQ;
					vec3 L = N * NdotL + ( tangent * cos( phi ) + bitangent * sin( phi ) ) * sinTheta;

					// Match the source mip to the sample's solid angle. The terms
					// independent of the sample are precomputed in lodBias.
					float d = alpha2 * invQ;
					float lod = max( log2( d ) + lodBias, 0.0 );

					// Weight by NdotL for the split-sum approximation
					prefilteredColor += textureLod( envMap, L, lod ).rgb * NdotL;
					totalWeight += NdotL;

				}

			}

			gl_FragColor = vec4( prefilteredColor / totalWeight, 1.0 );

		}
	`)}function rn(){return tn(`PMREMGGXIntegration`,{envMap:{value:null},roughness:{value:0},sourceLod:{value:0},sourceSize:{value:Yt}},`

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float roughness;
		uniform float sourceLod;
		uniform int sourceSize;

		void main() {

			vec3 N = normalize( vWorldDirection );

			float alpha = roughness * roughness;
			float alpha2 = alpha * alpha;

			float texelSize = 2.0 / float( sourceSize );

			vec3 prefilteredColor = vec3( 0.0 );
			float totalWeight = 0.0;

			// Pair opposite texels: only the one in N's hemisphere contributes.
			for ( int face = 0; face < 3; face ++ ) {

				for ( int y = 0; y < sourceSize; y ++ ) {

					for ( int x = 0; x < sourceSize; x ++ ) {

						vec2 uv = ( vec2( x, y ) + 0.5 ) * texelSize - 1.0;
						vec3 texelDirection = face == 0 ? vec3( 1.0, uv ) : ( face == 1 ? vec3( uv.x, 1.0, uv.y ) : vec3( uv, 1.0 ) );

						float invDistance = inversesqrt( 1.0 + dot( uv, uv ) );
						float NdotL = dot( N, texelDirection );
						texelDirection *= NdotL < 0.0 ? - 1.0 : 1.0;
						NdotL = abs( NdotL ) * invDistance;

						// With V = N, NdotH squared is ( 1 + NdotL ) / 2. Common factors
						// in the GGX distribution and texel solid angle cancel when normalized.
						float d = 1.0 + alpha2 + ( alpha2 - 1.0 ) * NdotL;
						float weight = NdotL * invDistance * invDistance * invDistance / ( d * d );

						prefilteredColor += textureLod( envMap, texelDirection, sourceLod ).rgb * weight;
						totalWeight += weight;

					}

				}

			}

			gl_FragColor = vec4( prefilteredColor / totalWeight, 1.0 );

		}
	`)}function an(){return tn(`PMREMSphericalGaussianBlur`,{envMap:{value:null},sigma:{value:0}},`

		#define SAMPLES ${qt}
		#define GOLDEN_ANGLE 2.39996322973

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float sigma;

		#include <common>

		void main() {

			vec3 outputDirection = normalize( vWorldDirection );

			vec3 up = abs( outputDirection.z ) < 0.999 ? vec3( 0.0, 0.0, 1.0 ) : vec3( 1.0, 0.0, 0.0 );
			vec3 tangent = normalize( cross( up, outputDirection ) );
			vec3 bitangent = cross( outputDirection, tangent );

			// Truncate the kernel at three standard deviations or at the antipode.
			float thetaMax = min( 3.0 * sigma, PI );
			float truncation = 1.0 - exp( - 0.5 * thetaMax * thetaMax / ( sigma * sigma ) );

			vec3 accumColor = vec3( 0.0 );
			float accumWeight = 0.0;

			for ( int i = 0; i < SAMPLES; i ++ ) {

				// Stratified inverse-CDF sampling of the Gaussian, placed on a golden-angle spiral.
				float stratum = ( float( i ) + 0.5 ) / float( SAMPLES );
				float theta = sigma * sqrt( - 2.0 * log( 1.0 - stratum * truncation ) );
				float phi = float( i ) * GOLDEN_ANGLE;

				vec3 offset = cos( phi ) * tangent + sin( phi ) * bitangent;
				vec3 sampleDirection = cos( theta ) * outputDirection + sin( theta ) * offset;

				// Correct the planar sample density to solid angle.
				float weight = sin( theta ) / theta;

				accumColor += weight * textureLod( envMap, sampleDirection, 0.0 ).rgb;
				accumWeight += weight;

			}

			gl_FragColor = vec4( accumColor / accumWeight, 1.0 );

		}
	`)}function on(){return tn(`PMREMEquirectangularToCubemap`,{envMap:{value:null}},`

		varying vec3 vWorldDirection;

		uniform sampler2D envMap;

		#include <common>

		void main() {

			// Average four subpixel samples to preserve small, bright features.
			vec3 direction = normalize( vWorldDirection );
			vec3 dx = dFdx( direction ) * 0.25;
			vec3 dy = dFdy( direction ) * 0.25;

			vec3 color = textureLod( envMap, equirectUv( normalize( direction - dx - dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction + dx - dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction - dx + dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction + dx + dy ) ), 0.0 ).rgb;
			gl_FragColor = vec4( color * 0.25, 1.0 );

		}
	`)}function sn(){return tn(`PMREMCubemapToCubemap`,{envMap:{value:null},flipEnvMap:{value:-1}},`

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float flipEnvMap;

		void main() {

			gl_FragColor = vec4( textureCube( envMap, vec3( flipEnvMap * vWorldDirection.x, vWorldDirection.yz ) ).rgb, 1.0 );

		}
	`)}function cn(e){let t=new WeakMap,n=new WeakMap,r=null;function i(e,t=!1){return e==null?null:t?o(e):a(e)}function a(n){if(n&&n.isTexture){let r=n.mapping;if(r===303||r===304){if(t.has(n)){let e=t.get(n).texture;return s(e,n.mapping)}{let r=n.image;if(r&&r.height>0){let i=new Wt(r.height);return i.fromEquirectangularTexture(e,n),t.set(n,i),n.addEventListener(`dispose`,l),s(i.texture,n.mapping)}return null}}}return n}function o(t){if(t&&t.isTexture&&t.isPMREMTexture!==!0){let i=t.mapping,a=i===303||i===304,o=i===301||i===302;if(a||o){let i=n.get(t),s=i===void 0?0:i.texture.pmremVersion;if(t.isRenderTargetTexture&&t.pmremVersion!==s)return r===null&&(r=new $t(e)),i=a?r.fromEquirectangular(t,i):r.fromCubemap(t,i),i.texture.pmremVersion=t.pmremVersion,n.set(t,i),i.texture;if(i!==void 0)return i.texture;{let s=t.image;return a&&s&&s.height>0||o&&s&&c(s)?(r===null&&(r=new $t(e)),i=a?r.fromEquirectangular(t):r.fromCubemap(t),i.texture.pmremVersion=t.pmremVersion,n.set(t,i),t.addEventListener(`dispose`,u),i.texture):null}}}return t}function s(e,t){return t===303?e.mapping=301:t===304&&(e.mapping=302),e}function c(e){let t=0;for(let n=0;n<6;n++)e[n]!==void 0&&t++;return t===6}function l(e){let n=e.target;n.removeEventListener(`dispose`,l);let r=t.get(n);r!==void 0&&(t.delete(n),r.dispose())}function u(e){let t=e.target;t.removeEventListener(`dispose`,u);let r=n.get(t);r!==void 0&&(n.delete(t),r.dispose())}function d(){t=new WeakMap,n=new WeakMap,r!==null&&(r.dispose(),r=null)}return{get:i,dispose:d}}function ln(e){let t={};function n(n){if(t[n]!==void 0)return t[n];let r=e.getExtension(n);return t[n]=r,r}return{has:function(e){return n(e)!==null},init:function(){n(`EXT_color_buffer_float`),n(`WEBGL_clip_cull_distance`),n(`OES_texture_float_linear`),n(`EXT_color_buffer_half_float`),n(`WEBGL_multisampled_render_to_texture`),n(`WEBGL_render_shared_exponent`)},get:function(e){let t=n(e);return t===null&&te(`WebGLRenderer: `+e+` extension not supported.`),t}}}function un(e,t,n,r){let i={},a=new WeakMap,o=new FinalizationRegistry(e=>delete i[e]);function s(e){c(e.target)}function c(e){e.index!==null&&t.remove(e.index);for(let n in e.attributes)t.remove(e.attributes[n]);e.removeEventListener(`dispose`,s),delete i[e.id],o.unregister(e);let c=a.get(e);c&&(t.remove(c),a.delete(e)),r.releaseStatesOfGeometry(e),e.isInstancedBufferGeometry===!0&&delete e._maxInstanceCount,n.memory.geometries--}function l(e,t){return i[t.id]===void 0&&(t.addEventListener(`dispose`,s),i[t.id]=new WeakRef(t),o.register(t,t.id,t),n.memory.geometries++),t}function u(n){let r=n.attributes;for(let n in r)t.update(r[n],e.ARRAY_BUFFER)}function d(e){let n=e.index,r=e.attributes.position,i=0;if(r===void 0)return;let o=n===null?r.array.length/3-1:n.array.length,s=new(r.count>=65535?Ge:lt)(Math.ceil(o/3)*6,1),c=s.array;if(n!==null){let e=n.array;i=n.version;for(let t=0,n=0;t<o;t+=3){let r=e[t+0],i=e[t+1],a=e[t+2];c[n++]=r,c[n++]=i,c[n++]=i,c[n++]=a,c[n++]=a,c[n++]=r}}else{i=r.version;for(let e=0,t=0;e<o;e+=3){let n=e+0,r=e+1,i=e+2;c[t++]=n,c[t++]=r,c[t++]=r,c[t++]=i,c[t++]=i,c[t++]=n}}s.version=i;let l=a.get(e);l&&t.remove(l),a.set(e,s)}function f(e){let t=a.get(e);if(t){let n=e.index;n!==null&&t.version<n.version&&d(e)}else d(e);return a.get(e)}function p(){for(let e in i){let t=i[e].deref();t!==void 0&&c(t)}}return{get:l,update:u,getWireframeAttribute:f,dispose:p}}function dn(e,t,n){let r;function i(e){r=e}let a,o;function s(e){a=e.type,o=e.bytesPerElement}function c(t,i){e.drawElements(r,i,a,t*o),n.update(i,r,1)}function l(t,i,s){s!==0&&(e.drawElementsInstanced(r,i,a,t*o,s),n.update(i,r,s))}function u(e,i,o){if(o===0)return;t.get(`WEBGL_multi_draw`).multiDrawElementsWEBGL(r,i,0,a,e,0,o);let s=0;for(let e=0;e<o;e++)s+=i[e];n.update(s,r,1)}this.setMode=i,this.setIndex=s,this.render=c,this.renderInstances=l,this.renderMultiDraw=u}function fn(e){let t={geometries:0,textures:0},n={frame:0,calls:0,triangles:0,points:0,lines:0};function r(t,r,i){switch(n.calls++,r){case e.TRIANGLES:n.triangles+=t/3*i;break;case e.LINES:n.lines+=t/2*i;break;case e.LINE_STRIP:n.lines+=i*(t-1);break;case e.LINE_LOOP:n.lines+=i*t;break;case e.POINTS:n.points+=i*t;break;default:vt(`WebGLInfo: Unknown draw mode:`,r)}}function i(){n.calls=0,n.triangles=0,n.points=0,n.lines=0}return{memory:t,render:n,programs:null,autoReset:!0,reset:i,update:r}}function pn(e,t,n){let r=new WeakMap,i=new Ue;function a(a,o,s){let c=a.morphTargetInfluences,l=o.morphAttributes.position||o.morphAttributes.normal||o.morphAttributes.color,u=l===void 0?0:l.length,d=r.get(o);if(d===void 0||d.count!==u){d!==void 0&&d.texture.dispose();let e=o.morphAttributes.position!==void 0,n=o.morphAttributes.normal!==void 0,a=o.morphAttributes.color!==void 0,s=o.morphAttributes.position||[],c=o.morphAttributes.normal||[],l=o.morphAttributes.color||[],f=0;e===!0&&(f=1),n===!0&&(f=2),a===!0&&(f=3);let p=o.attributes.position.count*f,m=1;p>t.maxTextureSize&&(m=Math.ceil(p/t.maxTextureSize),p=t.maxTextureSize);let h=new Float32Array(p*m*4*u),g=new _t(h,p,m,u);g.type=O,g.needsUpdate=!0;let _=f*4;for(let t=0;t<u;t++){let r=s[t],o=c[t],u=l[t],d=p*m*4*t;for(let t=0;t<r.count;t++){let s=t*_;e===!0&&(i.fromBufferAttribute(r,t),h[d+s+0]=i.x,h[d+s+1]=i.y,h[d+s+2]=i.z,h[d+s+3]=0),n===!0&&(i.fromBufferAttribute(o,t),h[d+s+4]=i.x,h[d+s+5]=i.y,h[d+s+6]=i.z,h[d+s+7]=0),a===!0&&(i.fromBufferAttribute(u,t),h[d+s+8]=i.x,h[d+s+9]=i.y,h[d+s+10]=i.z,h[d+s+11]=u.itemSize===4?i.w:1)}}d={count:u,texture:g,size:new tt(p,m)},r.set(o,d);function v(){g.dispose(),r.delete(o),o.removeEventListener(`dispose`,v)}o.addEventListener(`dispose`,v)}if(a.isInstancedMesh===!0&&a.morphTexture!==null)s.getUniforms().setValue(e,`morphTexture`,a.morphTexture,n);else{let t=0;for(let e=0;e<c.length;e++)t+=c[e];let n=o.morphTargetsRelative?1:1-t;s.getUniforms().setValue(e,`morphTargetBaseInfluence`,n),s.getUniforms().setValue(e,`morphTargetInfluences`,c)}s.getUniforms().setValue(e,`morphTargetsTexture`,d.texture,n),s.getUniforms().setValue(e,`morphTargetsTextureSize`,d.size)}return{update:a}}function mn(e,t,n,r,i){let a=new WeakMap;function o(r){let o=i.render.frame,s=r.geometry,l=t.get(r,s);if(a.get(l)!==o&&(t.update(l),a.set(l,o)),r.isInstancedMesh&&(r.hasEventListener(`dispose`,c)===!1&&r.addEventListener(`dispose`,c),a.get(r)!==o&&(n.update(r.instanceMatrix,e.ARRAY_BUFFER),r.instanceColor!==null&&n.update(r.instanceColor,e.ARRAY_BUFFER),a.set(r,o))),r.isSkinnedMesh){let e=r.skeleton;a.get(e)!==o&&(e.update(),a.set(e,o))}return l}function s(){a=new WeakMap}function c(e){let t=e.target;t.removeEventListener(`dispose`,c),r.releaseStatesOfObject(t),n.remove(t.instanceMatrix),t.instanceColor!==null&&n.remove(t.instanceColor)}return{update:o,dispose:s}}var hn={1:`LINEAR_TONE_MAPPING`,2:`REINHARD_TONE_MAPPING`,3:`CINEON_TONE_MAPPING`,4:`ACES_FILMIC_TONE_MAPPING`,6:`AGX_TONE_MAPPING`,7:`NEUTRAL_TONE_MAPPING`,5:`CUSTOM_TONE_MAPPING`};function gn(e,t,n,a,o,s){let c=new Ct(t,n,{type:e,depthBuffer:o,stencilBuffer:s,samples:a?4:0,storeMultisampledDepthBuffer:!1,storeMultisampledStencilBuffer:!1,resolveDepthBuffer:!1,resolveStencilBuffer:!1}),l=null,u=null,f=null,p=new L;p.setAttribute(`position`,new S([-1,3,0,-1,-1,0,3,-1,0],3)),p.setAttribute(`uv`,new S([0,2,0,0,2,0],2));let m=new i({uniforms:{tDiffuse:{value:null}},vertexShader:`
			precision highp float;

			uniform mat4 modelViewMatrix;
			uniform mat4 projectionMatrix;

			attribute vec3 position;
			attribute vec2 uv;

			varying vec2 vUv;

			void main() {
				vUv = uv;
				gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
			}`,fragmentShader:`
			precision highp float;

			uniform sampler2D tDiffuse;

			varying vec2 vUv;

			#include <tonemapping_pars_fragment>
			#include <colorspace_pars_fragment>

			void main() {
				gl_FragColor = texture2D( tDiffuse, vUv );

				#ifdef LINEAR_TONE_MAPPING
					gl_FragColor.rgb = LinearToneMapping( gl_FragColor.rgb );
				#elif defined( REINHARD_TONE_MAPPING )
					gl_FragColor.rgb = ReinhardToneMapping( gl_FragColor.rgb );
				#elif defined( CINEON_TONE_MAPPING )
					gl_FragColor.rgb = CineonToneMapping( gl_FragColor.rgb );
				#elif defined( ACES_FILMIC_TONE_MAPPING )
					gl_FragColor.rgb = ACESFilmicToneMapping( gl_FragColor.rgb );
				#elif defined( AGX_TONE_MAPPING )
					gl_FragColor.rgb = AgXToneMapping( gl_FragColor.rgb );
				#elif defined( NEUTRAL_TONE_MAPPING )
					gl_FragColor.rgb = NeutralToneMapping( gl_FragColor.rgb );
				#elif defined( CUSTOM_TONE_MAPPING )
					gl_FragColor.rgb = CustomToneMapping( gl_FragColor.rgb );
				#endif

				#ifdef SRGB_TRANSFER
					gl_FragColor = sRGBTransferOETF( gl_FragColor );
				#endif
			}`,depthTest:!1,depthWrite:!1}),h=new d(p,m),g=new w(-1,1,1,-1,0,1),_=null,v=null,y=!1,b,x=null,C=[],T=!1;this.setSize=function(e,t){c.setSize(e,t),l!==null&&l.setSize(e,t),u!==null&&u.setSize(e,t);for(let n=0;n<C.length;n++){let r=C[n];r.setSize&&r.setSize(e,t)}},this.setEffects=function(e){C=e,T=C.length>0&&C[0].isRenderPass===!0;let t=c.width,n=c.height;C.length>0&&l===null&&(l=new Ct(t,n,{type:ye,depthBuffer:!1,stencilBuffer:!1}),u=new Ct(t,n,{type:ye,depthBuffer:!1,stencilBuffer:!1}));let i=o===!0&&C.some(e=>e.needsDepthTexture===!0);i!==(c.depthTexture!==null)&&(i===!0&&f===null&&(f=new r(t,n),s===!0&&(f.format=Ye,f.type=Le)),c.dispose(),c.depthTexture=i?f:null,c.resolveDepthBuffer=i,c.storeMultisampledDepthBuffer=i);for(let e=0;e<C.length;e++){let r=C[e];r.setSize&&r.setSize(t,n),i&&r.needsDepthTexture===!0&&r.setDepthTexture&&r.setDepthTexture(f)}},this.begin=function(e,t){if(y||e.toneMapping===0&&C.length===0)return!1;if(x=t,t!==null){let e=t.width,n=t.height;(c.width!==e||c.height!==n)&&this.setSize(e,n)}return T===!1&&e.setRenderTarget(c),b=e.toneMapping,e.toneMapping=0,!0},this.hasRenderPass=function(){return T},this.end=function(e,t){e.toneMapping=b,y=!0;let n=c,r=l;for(let i=0;i<C.length;i++){let a=C[i];a.enabled!==!1&&(a.render(e,r,n,t),a.needsSwap!==!1&&(n=r,r=r===l?u:l))}if(_!==e.outputColorSpace||v!==e.toneMapping){_=e.outputColorSpace,v=e.toneMapping,m.defines={},He.getTransfer(_)===`srgb`&&(m.defines.SRGB_TRANSFER=``);let t=hn[v];t&&(m.defines[t]=``),m.needsUpdate=!0}m.uniforms.tDiffuse.value=n.texture,e.setRenderTarget(x),e.render(h,g),x=null,y=!1},this.isCompositing=function(){return y},this.dispose=function(){c.dispose(),l!==null&&l.dispose(),u!==null&&u.dispose(),p.dispose(),m.dispose()}}var _n=new ze,vn=new r(1,1),yn=new St(1),bn=new _t,xn=new l,Sn=new Fe,Cn=[],wn=[],Tn=new Float32Array(16),En=new Float32Array(9),Dn=new Float32Array(4);function On(e,t,n){let r=e[0];if(r<=0||r>0)return e;let i=t*n,a=Cn[i];if(a===void 0&&(a=new Float32Array(i),Cn[i]=a),t!==0){r.toArray(a,0);for(let r=1,i=0;r!==t;++r)i+=n,e[r].toArray(a,i)}return a}function kn(e,t){if(e.length!==t.length)return!1;for(let n=0,r=e.length;n<r;n++)if(e[n]!==t[n])return!1;return!0}function An(e,t){for(let n=0,r=t.length;n<r;n++)e[n]=t[n]}function jn(e,t){let n=wn[t];n===void 0&&(n=new Int32Array(t),wn[t]=n);for(let r=0;r!==t;++r)n[r]=e.allocateTextureUnit();return n}function Mn(e,t){let n=this.cache;n[0]!==t&&(e.uniform1f(this.addr,t),n[0]=t)}function Nn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y)&&(e.uniform2f(this.addr,t.x,t.y),n[0]=t.x,n[1]=t.y);else{if(kn(n,t))return;e.uniform2fv(this.addr,t),An(n,t)}}function Pn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z)&&(e.uniform3f(this.addr,t.x,t.y,t.z),n[0]=t.x,n[1]=t.y,n[2]=t.z);else if(t.r!==void 0)(n[0]!==t.r||n[1]!==t.g||n[2]!==t.b)&&(e.uniform3f(this.addr,t.r,t.g,t.b),n[0]=t.r,n[1]=t.g,n[2]=t.b);else{if(kn(n,t))return;e.uniform3fv(this.addr,t),An(n,t)}}function Fn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z||n[3]!==t.w)&&(e.uniform4f(this.addr,t.x,t.y,t.z,t.w),n[0]=t.x,n[1]=t.y,n[2]=t.z,n[3]=t.w);else{if(kn(n,t))return;e.uniform4fv(this.addr,t),An(n,t)}}function In(e,t){let n=this.cache,r=t.elements;if(r===void 0){if(kn(n,t))return;e.uniformMatrix2fv(this.addr,!1,t),An(n,t)}else{if(kn(n,r))return;Dn.set(r),e.uniformMatrix2fv(this.addr,!1,Dn),An(n,r)}}function Ln(e,t){let n=this.cache,r=t.elements;if(r===void 0){if(kn(n,t))return;e.uniformMatrix3fv(this.addr,!1,t),An(n,t)}else{if(kn(n,r))return;En.set(r),e.uniformMatrix3fv(this.addr,!1,En),An(n,r)}}function Rn(e,t){let n=this.cache,r=t.elements;if(r===void 0){if(kn(n,t))return;e.uniformMatrix4fv(this.addr,!1,t),An(n,t)}else{if(kn(n,r))return;Tn.set(r),e.uniformMatrix4fv(this.addr,!1,Tn),An(n,r)}}function zn(e,t){let n=this.cache;n[0]!==t&&(e.uniform1i(this.addr,t),n[0]=t)}function Bn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y)&&(e.uniform2i(this.addr,t.x,t.y),n[0]=t.x,n[1]=t.y);else{if(kn(n,t))return;e.uniform2iv(this.addr,t),An(n,t)}}function Vn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z)&&(e.uniform3i(this.addr,t.x,t.y,t.z),n[0]=t.x,n[1]=t.y,n[2]=t.z);else{if(kn(n,t))return;e.uniform3iv(this.addr,t),An(n,t)}}function Hn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z||n[3]!==t.w)&&(e.uniform4i(this.addr,t.x,t.y,t.z,t.w),n[0]=t.x,n[1]=t.y,n[2]=t.z,n[3]=t.w);else{if(kn(n,t))return;e.uniform4iv(this.addr,t),An(n,t)}}function Un(e,t){let n=this.cache;n[0]!==t&&(e.uniform1ui(this.addr,t),n[0]=t)}function Wn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y)&&(e.uniform2ui(this.addr,t.x,t.y),n[0]=t.x,n[1]=t.y);else{if(kn(n,t))return;e.uniform2uiv(this.addr,t),An(n,t)}}function Gn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z)&&(e.uniform3ui(this.addr,t.x,t.y,t.z),n[0]=t.x,n[1]=t.y,n[2]=t.z);else{if(kn(n,t))return;e.uniform3uiv(this.addr,t),An(n,t)}}function Kn(e,t){let n=this.cache;if(t.x!==void 0)(n[0]!==t.x||n[1]!==t.y||n[2]!==t.z||n[3]!==t.w)&&(e.uniform4ui(this.addr,t.x,t.y,t.z,t.w),n[0]=t.x,n[1]=t.y,n[2]=t.z,n[3]=t.w);else{if(kn(n,t))return;e.uniform4uiv(this.addr,t),An(n,t)}}function qn(e){return e.version===0&&(e.compareFunction=519,e.needsUpdate=!0),e}function Jn(e,t,n){let r=this.cache,i=n.allocateTextureUnit();r[0]!==i&&(e.uniform1i(this.addr,i),r[0]=i);let a;a=this.type===e.SAMPLER_2D_SHADOW?qn(vn):_n,n.setTexture2D(t||a,i)}function Yn(e,t,n){let r=this.cache,i=n.allocateTextureUnit();r[0]!==i&&(e.uniform1i(this.addr,i),r[0]=i),n.setTexture3D(t||xn,i)}function Xn(e,t,n){let r=this.cache,i=n.allocateTextureUnit();r[0]!==i&&(e.uniform1i(this.addr,i),r[0]=i);let a;a=this.type===e.SAMPLER_CUBE_SHADOW?qn(yn):Sn,n.setTextureCube(t||a,i)}function Zn(e,t,n){let r=this.cache,i=n.allocateTextureUnit();r[0]!==i&&(e.uniform1i(this.addr,i),r[0]=i),n.setTexture2DArray(t||bn,i)}function Qn(e){switch(e){case 5126:return Mn;case 35664:return Nn;case 35665:return Pn;case 35666:return Fn;case 35674:return In;case 35675:return Ln;case 35676:return Rn;case 5124:case 35670:return zn;case 35667:case 35671:return Bn;case 35668:case 35672:return Vn;case 35669:case 35673:return Hn;case 5125:return Un;case 36294:return Wn;case 36295:return Gn;case 36296:return Kn;case 35678:case 36198:case 36298:case 36306:case 35682:return Jn;case 35679:case 36299:case 36307:return Yn;case 35680:case 36300:case 36308:case 36293:return Xn;case 36289:case 36303:case 36311:case 36292:return Zn}}function $n(e,t){e.uniform1fv(this.addr,t)}function er(e,t){let n=On(t,this.size,2);e.uniform2fv(this.addr,n)}function tr(e,t){let n=On(t,this.size,3);e.uniform3fv(this.addr,n)}function nr(e,t){let n=On(t,this.size,4);e.uniform4fv(this.addr,n)}function rr(e,t){let n=On(t,this.size,4);e.uniformMatrix2fv(this.addr,!1,n)}function ir(e,t){let n=On(t,this.size,9);e.uniformMatrix3fv(this.addr,!1,n)}function ar(e,t){let n=On(t,this.size,16);e.uniformMatrix4fv(this.addr,!1,n)}function or(e,t){e.uniform1iv(this.addr,t)}function sr(e,t){e.uniform2iv(this.addr,t)}function cr(e,t){e.uniform3iv(this.addr,t)}function lr(e,t){e.uniform4iv(this.addr,t)}function ur(e,t){e.uniform1uiv(this.addr,t)}function dr(e,t){e.uniform2uiv(this.addr,t)}function fr(e,t){e.uniform3uiv(this.addr,t)}function pr(e,t){e.uniform4uiv(this.addr,t)}function mr(e,t,n){let r=this.cache,i=t.length,a=jn(n,i);kn(r,a)||(e.uniform1iv(this.addr,a),An(r,a));let o;o=this.type===e.SAMPLER_2D_SHADOW?qn(vn):_n;for(let e=0;e!==i;++e)n.setTexture2D(t[e]||o,a[e])}function hr(e,t,n){let r=this.cache,i=t.length,a=jn(n,i);kn(r,a)||(e.uniform1iv(this.addr,a),An(r,a));for(let e=0;e!==i;++e)n.setTexture3D(t[e]||xn,a[e])}function gr(e,t,n){let r=this.cache,i=t.length,a=jn(n,i);kn(r,a)||(e.uniform1iv(this.addr,a),An(r,a));let o;o=this.type===e.SAMPLER_CUBE_SHADOW?qn(yn):Sn;for(let e=0;e!==i;++e)n.setTextureCube(t[e]||o,a[e])}function _r(e,t,n){let r=this.cache,i=t.length,a=jn(n,i);kn(r,a)||(e.uniform1iv(this.addr,a),An(r,a));for(let e=0;e!==i;++e)n.setTexture2DArray(t[e]||bn,a[e])}function vr(e){switch(e){case 5126:return $n;case 35664:return er;case 35665:return tr;case 35666:return nr;case 35674:return rr;case 35675:return ir;case 35676:return ar;case 5124:case 35670:return or;case 35667:case 35671:return sr;case 35668:case 35672:return cr;case 35669:case 35673:return lr;case 5125:return ur;case 36294:return dr;case 36295:return fr;case 36296:return pr;case 35678:case 36198:case 36298:case 36306:case 35682:return mr;case 35679:case 36299:case 36307:return hr;case 35680:case 36300:case 36308:case 36293:return gr;case 36289:case 36303:case 36311:case 36292:return _r}}var yr=class{constructor(e,t,n){this.id=e,this.addr=n,this.cache=[],this.type=t.type,this.setValue=Qn(t.type)}},br=class{constructor(e,t,n){this.id=e,this.addr=n,this.cache=[],this.type=t.type,this.size=t.size,this.setValue=vr(t.type)}},xr=class{constructor(e){this.id=e,this.seq=[],this.map={}}setValue(e,t,n){let r=this.seq;for(let i=0,a=r.length;i!==a;++i){let a=r[i];a.setValue(e,t[a.id],n)}}},Sr=/(\w+)(\])?(\[|\.)?/g;function Cr(e,t){e.seq.push(t),e.map[t.id]=t}function wr(e,t,n){let r=e.name,i=r.length;for(Sr.lastIndex=0;;){let a=Sr.exec(r),o=Sr.lastIndex,s=a[1],c=a[2]===`]`,l=a[3];if(c&&(s|=0),l===void 0||l===`[`&&o+2===i){Cr(n,l===void 0?new yr(s,e,t):new br(s,e,t));break}{let e=n.map[s];e===void 0&&(e=new xr(s),Cr(n,e)),n=e}}}var Tr=class{constructor(e,t){this.seq=[],this.map={};let n=e.getProgramParameter(t,e.ACTIVE_UNIFORMS);for(let r=0;r<n;++r){let n=e.getActiveUniform(t,r);wr(n,e.getUniformLocation(t,n.name),this)}let r=[],i=[];for(let t of this.seq)t.type===e.SAMPLER_2D_SHADOW||t.type===e.SAMPLER_CUBE_SHADOW||t.type===e.SAMPLER_2D_ARRAY_SHADOW?r.push(t):i.push(t);r.length>0&&(this.seq=r.concat(i))}setValue(e,t,n,r){let i=this.map[t];i!==void 0&&i.setValue(e,n,r)}setOptional(e,t,n){let r=t[n];r!==void 0&&this.setValue(e,n,r)}static upload(e,t,n,r){for(let i=0,a=t.length;i!==a;++i){let a=t[i],o=n[a.id];o.needsUpdate!==!1&&a.setValue(e,o.value,r)}}static seqWithValue(e,t){let n=[];for(let r=0,i=e.length;r!==i;++r){let i=e[r];i.id in t&&n.push(i)}return n}};function Er(e,t,n){let r=e.createShader(t);return e.shaderSource(r,n),e.compileShader(r),r}var Dr=37297,Or=0;function kr(e,t){let n=e.split(`
`),r=[],i=Math.max(t-6,0),a=Math.min(t+6,n.length);for(let e=i;e<a;e++){let i=e+1;r.push(`${i===t?`>`:` `} ${i}: ${n[e]}`)}return r.join(`
`)}var Ar=new W;function jr(e){He._getMatrix(Ar,He.workingColorSpace,e);let t=`mat3( ${Ar.elements.map(e=>e.toFixed(4))} )`;switch(He.getTransfer(e)){case ot:return[t,`LinearTransferOETF`];case be:return[t,`sRGBTransferOETF`];default:return V(`WebGLProgram: Unsupported color space: `,e),[t,`LinearTransferOETF`]}}function Mr(e,t,n){let r=e.getShaderParameter(t,e.COMPILE_STATUS),i=(e.getShaderInfoLog(t)||``).trim();if(r&&i===``)return``;let a=/ERROR: 0:(\d+)/.exec(i);if(a){let r=parseInt(a[1]);return n.toUpperCase()+`

`+i+`

`+kr(e.getShaderSource(t),r)}return i}function Nr(e,t){let n=jr(t);return[`vec4 ${e}( vec4 value ) {`,`	return ${n[1]}( vec4( ${n[0]} * value.rgb, value.a ) );`,`}`].join(`
`)}var Pr={1:`Linear`,2:`Reinhard`,3:`Cineon`,4:`ACESFilmic`,6:`AgX`,7:`Neutral`,5:`Custom`};function Fr(e,t){let n=Pr[t];return n===void 0?(V(`WebGLProgram: Unsupported toneMapping:`,t),`vec3 `+e+`( vec3 color ) { return LinearToneMapping( color ); }`):`vec3 `+e+`( vec3 color ) { return `+n+`ToneMapping( color ); }`}var Ir=new B;function Lr(){return He.getLuminanceCoefficients(Ir),[`float luminance( const in vec3 rgb ) {`,`	const vec3 weights = vec3( ${Ir.x.toFixed(4)}, ${Ir.y.toFixed(4)}, ${Ir.z.toFixed(4)} );`,`	return dot( weights, rgb );`,`}`].join(`
`)}function Rr(e){return[e.extensionClipCullDistance?`#extension GL_ANGLE_clip_cull_distance : require`:``,e.extensionMultiDraw?`#extension GL_ANGLE_multi_draw : require`:``].filter(Vr).join(`
`)}function zr(e){let t=[];for(let n in e){let r=e[n];r!==!1&&t.push(`#define `+n+` `+r)}return t.join(`
`)}function Br(e,t){let n={},r=e.getProgramParameter(t,e.ACTIVE_ATTRIBUTES);for(let i=0;i<r;i++){let r=e.getActiveAttrib(t,i),a=r.name,o=1;r.type===e.FLOAT_MAT2&&(o=2),r.type===e.FLOAT_MAT3&&(o=3),r.type===e.FLOAT_MAT4&&(o=4),n[a]={type:r.type,location:e.getAttribLocation(t,a),locationSize:o}}return n}function Vr(e){return e!==``}function Hr(e,t){let n=t.numSpotLightShadows+t.numSpotLightMaps-t.numSpotLightShadowsWithMaps;return e.replace(/NUM_SUN_LIGHTS/g,t.numSunLights).replace(/NUM_DIR_LIGHTS/g,t.numDirLights).replace(/NUM_SPOT_LIGHTS/g,t.numSpotLights).replace(/NUM_SPOT_LIGHT_MAPS/g,t.numSpotLightMaps).replace(/NUM_SPOT_LIGHT_COORDS/g,n).replace(/NUM_RECT_AREA_LIGHTS/g,t.numRectAreaLights).replace(/NUM_POINT_LIGHTS/g,t.numPointLights).replace(/NUM_HEMI_LIGHTS/g,t.numHemiLights).replace(/NUM_SUN_LIGHT_SHADOWS/g,t.numSunLightShadows).replace(/NUM_DIR_LIGHT_SHADOWS/g,t.numDirLightShadows).replace(/NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS/g,t.numSpotLightShadowsWithMaps).replace(/NUM_SPOT_LIGHT_SHADOWS/g,t.numSpotLightShadows).replace(/NUM_POINT_LIGHT_SHADOWS/g,t.numPointLightShadows).replace(/NUM_LIGHT_PROBE_GRIDS/g,t.numLightProbeGrids)}function Ur(e,t){return e.replace(/NUM_CLIPPING_PLANES/g,t.numClippingPlanes).replace(/UNION_CLIPPING_PLANES/g,t.numClippingPlanes-t.numClipIntersection)}var Wr=/^[ \t]*#include +<([\w\d./]+)>/gm;function Gr(e){return e.replace(Wr,Kr)}function Kr(e,t){let n=G[t];if(n===void 0)throw Error(`THREE.WebGLProgram: Can not resolve #include <`+t+`>`);return Gr(n)}var qr=/#pragma unroll_loop_start\s+for\s*\(\s*int\s+i\s*=\s*(\d+)\s*;\s*i\s*<\s*(\d+)\s*;\s*i\s*\+\+\s*\)\s*{([\s\S]+?)}\s+#pragma unroll_loop_end/g;function Jr(e){return e.replace(qr,Yr)}function Yr(e,t,n,r){let i=``;for(let e=parseInt(t);e<parseInt(n);e++)i+=r.replace(/\[\s*i\s*\]/g,`[ `+e+` ]`).replace(/UNROLLED_LOOP_INDEX/g,e);return i}function Xr(e){let t=`precision ${e.precision} float;
	precision ${e.precision} int;
	precision ${e.precision} sampler2D;
	precision ${e.precision} samplerCube;
	precision ${e.precision} sampler3D;
	precision ${e.precision} sampler2DArray;
	precision ${e.precision} sampler2DShadow;
	precision ${e.precision} samplerCubeShadow;
	precision ${e.precision} sampler2DArrayShadow;
	precision ${e.precision} isampler2D;
	precision ${e.precision} isampler3D;
	precision ${e.precision} isamplerCube;
	precision ${e.precision} isampler2DArray;
	precision ${e.precision} usampler2D;
	precision ${e.precision} usampler3D;
	precision ${e.precision} usamplerCube;
	precision ${e.precision} usampler2DArray;
	`;return e.precision===`highp`?t+=`
#define HIGH_PRECISION`:e.precision===`mediump`?t+=`
#define MEDIUM_PRECISION`:e.precision===`lowp`&&(t+=`
#define LOW_PRECISION`),t}var Zr={1:`SHADOWMAP_TYPE_PCF`,3:`SHADOWMAP_TYPE_VSM`};function Qr(e){return Zr[e.shadowMapType]||`SHADOWMAP_TYPE_BASIC`}var $r={302:`ENVMAP_MODE_REFRACTION`};function ei(e){return e.envMap===!1?`ENVMAP_MODE_REFLECTION`:$r[e.envMapMode]||`ENVMAP_MODE_REFLECTION`}var ti={0:`ENVMAP_BLENDING_MULTIPLY`,1:`ENVMAP_BLENDING_MIX`,2:`ENVMAP_BLENDING_ADD`};function ni(e){return e.envMap===!1?`ENVMAP_BLENDING_NONE`:ti[e.combine]||`ENVMAP_BLENDING_NONE`}function ri(e,t,n,r){let i=e.getContext(),a=n.defines,o=n.vertexShader,s=n.fragmentShader,c=Qr(n),l=n.envMapPMREM===!0?`ENVMAP_TYPE_PMREM`:`ENVMAP_TYPE_CUBE`,u=ei(n),d=ni(n),f=Rr(n),p=zr(a),m=i.createProgram(),h,g,_=n.glslVersion?`#version `+n.glslVersion+`
`:``;n.isRawShaderMaterial?(h=[`#define SHADER_TYPE `+n.shaderType,`#define SHADER_NAME `+n.shaderName,p].filter(Vr).join(`
`),h.length>0&&(h+=`
`),g=[`#define SHADER_TYPE `+n.shaderType,`#define SHADER_NAME `+n.shaderName,p].filter(Vr).join(`
`),g.length>0&&(g+=`
`)):(h=[Xr(n),`#define SHADER_TYPE `+n.shaderType,`#define SHADER_NAME `+n.shaderName,p,n.extensionClipCullDistance?`#define USE_CLIP_DISTANCE`:``,n.batching?`#define USE_BATCHING`:``,n.batchingColor?`#define USE_BATCHING_COLOR`:``,n.instancing?`#define USE_INSTANCING`:``,n.instancingColor?`#define USE_INSTANCING_COLOR`:``,n.instancingMorph?`#define USE_INSTANCING_MORPH`:``,n.useFog&&n.fog?`#define USE_FOG`:``,n.useFog&&n.fogExp2?`#define FOG_EXP2`:``,n.map?`#define USE_MAP`:``,n.envMap?`#define USE_ENVMAP`:``,n.envMap?`#define `+u:``,n.lightMap?`#define USE_LIGHTMAP`:``,n.aoMap?`#define USE_AOMAP`:``,n.bumpMap?`#define USE_BUMPMAP`:``,n.normalMap?`#define USE_NORMALMAP`:``,n.normalMapObjectSpace?`#define USE_NORMALMAP_OBJECTSPACE`:``,n.normalMapTangentSpace?`#define USE_NORMALMAP_TANGENTSPACE`:``,n.displacementMap?`#define USE_DISPLACEMENTMAP`:``,n.emissiveMap?`#define USE_EMISSIVEMAP`:``,n.anisotropy?`#define USE_ANISOTROPY`:``,n.anisotropyMap?`#define USE_ANISOTROPYMAP`:``,n.clearcoatMap?`#define USE_CLEARCOATMAP`:``,n.clearcoatRoughnessMap?`#define USE_CLEARCOAT_ROUGHNESSMAP`:``,n.clearcoatNormalMap?`#define USE_CLEARCOAT_NORMALMAP`:``,n.diffuseRoughnessMap?`#define USE_DIFFUSE_ROUGHNESSMAP`:``,n.iridescenceMap?`#define USE_IRIDESCENCEMAP`:``,n.iridescenceThicknessMap?`#define USE_IRIDESCENCE_THICKNESSMAP`:``,n.specularMap?`#define USE_SPECULARMAP`:``,n.specularColorMap?`#define USE_SPECULAR_COLORMAP`:``,n.specularIntensityMap?`#define USE_SPECULAR_INTENSITYMAP`:``,n.roughnessMap?`#define USE_ROUGHNESSMAP`:``,n.metalnessMap?`#define USE_METALNESSMAP`:``,n.alphaMap?`#define USE_ALPHAMAP`:``,n.alphaHash?`#define USE_ALPHAHASH`:``,n.transmission?`#define USE_TRANSMISSION`:``,n.transmissionMap?`#define USE_TRANSMISSIONMAP`:``,n.thicknessMap?`#define USE_THICKNESSMAP`:``,n.sheenColorMap?`#define USE_SHEEN_COLORMAP`:``,n.sheenRoughnessMap?`#define USE_SHEEN_ROUGHNESSMAP`:``,n.mapUv?`#define MAP_UV `+n.mapUv:``,n.alphaMapUv?`#define ALPHAMAP_UV `+n.alphaMapUv:``,n.lightMapUv?`#define LIGHTMAP_UV `+n.lightMapUv:``,n.aoMapUv?`#define AOMAP_UV `+n.aoMapUv:``,n.emissiveMapUv?`#define EMISSIVEMAP_UV `+n.emissiveMapUv:``,n.bumpMapUv?`#define BUMPMAP_UV `+n.bumpMapUv:``,n.normalMapUv?`#define NORMALMAP_UV `+n.normalMapUv:``,n.displacementMapUv?`#define DISPLACEMENTMAP_UV `+n.displacementMapUv:``,n.metalnessMapUv?`#define METALNESSMAP_UV `+n.metalnessMapUv:``,n.roughnessMapUv?`#define ROUGHNESSMAP_UV `+n.roughnessMapUv:``,n.anisotropyMapUv?`#define ANISOTROPYMAP_UV `+n.anisotropyMapUv:``,n.clearcoatMapUv?`#define CLEARCOATMAP_UV `+n.clearcoatMapUv:``,n.clearcoatNormalMapUv?`#define CLEARCOAT_NORMALMAP_UV `+n.clearcoatNormalMapUv:``,n.clearcoatRoughnessMapUv?`#define CLEARCOAT_ROUGHNESSMAP_UV `+n.clearcoatRoughnessMapUv:``,n.diffuseRoughnessMapUv?`#define DIFFUSE_ROUGHNESSMAP_UV `+n.diffuseRoughnessMapUv:``,n.iridescenceMapUv?`#define IRIDESCENCEMAP_UV `+n.iridescenceMapUv:``,n.iridescenceThicknessMapUv?`#define IRIDESCENCE_THICKNESSMAP_UV `+n.iridescenceThicknessMapUv:``,n.sheenColorMapUv?`#define SHEEN_COLORMAP_UV `+n.sheenColorMapUv:``,n.sheenRoughnessMapUv?`#define SHEEN_ROUGHNESSMAP_UV `+n.sheenRoughnessMapUv:``,n.specularMapUv?`#define SPECULARMAP_UV `+n.specularMapUv:``,n.specularColorMapUv?`#define SPECULAR_COLORMAP_UV `+n.specularColorMapUv:``,n.specularIntensityMapUv?`#define SPECULAR_INTENSITYMAP_UV `+n.specularIntensityMapUv:``,n.transmissionMapUv?`#define TRANSMISSIONMAP_UV `+n.transmissionMapUv:``,n.thicknessMapUv?`#define THICKNESSMAP_UV `+n.thicknessMapUv:``,n.vertexTangents&&n.flatShading===!1?`#define USE_TANGENT`:``,n.vertexNormals?`#define HAS_NORMAL`:``,n.vertexColors?`#define USE_COLOR`:``,n.vertexAlphas?`#define USE_COLOR_ALPHA`:``,n.vertexUv1s?`#define USE_UV1`:``,n.vertexUv2s?`#define USE_UV2`:``,n.vertexUv3s?`#define USE_UV3`:``,n.pointsUvs?`#define USE_POINTS_UV`:``,n.flatShading?`#define FLAT_SHADED`:``,n.skinning?`#define USE_SKINNING`:``,n.morphTargets?`#define USE_MORPHTARGETS`:``,n.morphNormals&&n.flatShading===!1?`#define USE_MORPHNORMALS`:``,n.morphColors?`#define USE_MORPHCOLORS`:``,n.morphTargetsCount>0?`#define MORPHTARGETS_TEXTURE_STRIDE `+n.morphTextureStride:``,n.morphTargetsCount>0?`#define MORPHTARGETS_COUNT `+n.morphTargetsCount:``,n.doubleSided?`#define DOUBLE_SIDED`:``,n.flipSided?`#define FLIP_SIDED`:``,n.shadowMapEnabled?`#define USE_SHADOWMAP`:``,n.shadowMapEnabled?`#define `+c:``,n.sizeAttenuation?`#define USE_SIZEATTENUATION`:``,n.numLightProbes>0?`#define USE_LIGHT_PROBES`:``,n.logarithmicDepthBuffer?`#define USE_LOGARITHMIC_DEPTH_BUFFER`:``,n.reversedDepthBuffer?`#define USE_REVERSED_DEPTH_BUFFER`:``,`uniform mat4 modelMatrix;`,`uniform mat4 modelViewMatrix;`,`uniform mat4 projectionMatrix;`,`uniform mat4 viewMatrix;`,`uniform mat3 normalMatrix;`,`uniform vec3 cameraPosition;`,`uniform bool isOrthographic;`,`#ifdef USE_INSTANCING`,`	attribute mat4 instanceMatrix;`,`#endif`,`#ifdef USE_INSTANCING_COLOR`,`	attribute vec3 instanceColor;`,`#endif`,`#ifdef USE_INSTANCING_MORPH`,`	uniform sampler2D morphTexture;`,`#endif`,`attribute vec3 position;`,`attribute vec3 normal;`,`attribute vec2 uv;`,`#ifdef USE_UV1`,`	attribute vec2 uv1;`,`#endif`,`#ifdef USE_UV2`,`	attribute vec2 uv2;`,`#endif`,`#ifdef USE_UV3`,`	attribute vec2 uv3;`,`#endif`,`#ifdef USE_TANGENT`,`	attribute vec4 tangent;`,`#endif`,`#if defined( USE_COLOR_ALPHA )`,`	attribute vec4 color;`,`#elif defined( USE_COLOR )`,`	attribute vec3 color;`,`#endif`,`#ifdef USE_SKINNING`,`	attribute vec4 skinIndex;`,`	attribute vec4 skinWeight;`,`#endif`,`
`].filter(Vr).join(`
`),g=[Xr(n),`#define SHADER_TYPE `+n.shaderType,`#define SHADER_NAME `+n.shaderName,p,n.useFog&&n.fog?`#define USE_FOG`:``,n.useFog&&n.fogExp2?`#define FOG_EXP2`:``,n.alphaToCoverage?`#define ALPHA_TO_COVERAGE`:``,n.map?`#define USE_MAP`:``,n.matcap?`#define USE_MATCAP`:``,n.envMap?`#define USE_ENVMAP`:``,n.envMap?`#define `+l:``,n.envMap?`#define `+u:``,n.envMap?`#define `+d:``,n.envMapPMREM?`#define ENVMAP_MAX_LOD `+n.envMapMaxLod+`.0`:``,n.envMapPMREM?`#define ENVMAP_SIZE `+n.envMapSize+`.0`:``,n.lightMap?`#define USE_LIGHTMAP`:``,n.aoMap?`#define USE_AOMAP`:``,n.bumpMap?`#define USE_BUMPMAP`:``,n.normalMap?`#define USE_NORMALMAP`:``,n.normalMapObjectSpace?`#define USE_NORMALMAP_OBJECTSPACE`:``,n.normalMapTangentSpace?`#define USE_NORMALMAP_TANGENTSPACE`:``,n.packedNormalMap?`#define USE_PACKED_NORMALMAP`:``,n.emissiveMap?`#define USE_EMISSIVEMAP`:``,n.anisotropy?`#define USE_ANISOTROPY`:``,n.anisotropyMap?`#define USE_ANISOTROPYMAP`:``,n.clearcoat?`#define USE_CLEARCOAT`:``,n.clearcoatMap?`#define USE_CLEARCOATMAP`:``,n.clearcoatRoughnessMap?`#define USE_CLEARCOAT_ROUGHNESSMAP`:``,n.clearcoatNormalMap?`#define USE_CLEARCOAT_NORMALMAP`:``,n.diffuseRoughness?`#define USE_DIFFUSE_ROUGHNESS`:``,n.diffuseRoughnessMap?`#define USE_DIFFUSE_ROUGHNESSMAP`:``,n.dispersion?`#define USE_DISPERSION`:``,n.retroreflection?`#define USE_RETROREFLECTION`:``,n.iridescence?`#define USE_IRIDESCENCE`:``,n.iridescenceMap?`#define USE_IRIDESCENCEMAP`:``,n.iridescenceThicknessMap?`#define USE_IRIDESCENCE_THICKNESSMAP`:``,n.specularMap?`#define USE_SPECULARMAP`:``,n.specularColorMap?`#define USE_SPECULAR_COLORMAP`:``,n.specularIntensityMap?`#define USE_SPECULAR_INTENSITYMAP`:``,n.roughnessMap?`#define USE_ROUGHNESSMAP`:``,n.metalnessMap?`#define USE_METALNESSMAP`:``,n.alphaMap?`#define USE_ALPHAMAP`:``,n.alphaTest?`#define USE_ALPHATEST`:``,n.alphaHash?`#define USE_ALPHAHASH`:``,n.sheen?`#define USE_SHEEN`:``,n.sheenColorMap?`#define USE_SHEEN_COLORMAP`:``,n.sheenRoughnessMap?`#define USE_SHEEN_ROUGHNESSMAP`:``,n.transmission?`#define USE_TRANSMISSION`:``,n.transmissionMap?`#define USE_TRANSMISSIONMAP`:``,n.thicknessMap?`#define USE_THICKNESSMAP`:``,n.vertexTangents&&n.flatShading===!1?`#define USE_TANGENT`:``,n.vertexColors||n.instancingColor?`#define USE_COLOR`:``,n.vertexAlphas||n.batchingColor?`#define USE_COLOR_ALPHA`:``,n.vertexUv1s?`#define USE_UV1`:``,n.vertexUv2s?`#define USE_UV2`:``,n.vertexUv3s?`#define USE_UV3`:``,n.pointsUvs?`#define USE_POINTS_UV`:``,n.gradientMap?`#define USE_GRADIENTMAP`:``,n.flatShading?`#define FLAT_SHADED`:``,n.doubleSided?`#define DOUBLE_SIDED`:``,n.flipSided?`#define FLIP_SIDED`:``,n.shadowMapEnabled?`#define USE_SHADOWMAP`:``,n.shadowMapEnabled?`#define `+c:``,n.premultipliedAlpha?`#define PREMULTIPLIED_ALPHA`:``,n.numLightProbes>0?`#define USE_LIGHT_PROBES`:``,n.decodeVideoTexture?`#define DECODE_VIDEO_TEXTURE`:``,n.decodeVideoTextureEmissive?`#define DECODE_VIDEO_TEXTURE_EMISSIVE`:``,n.logarithmicDepthBuffer?`#define USE_LOGARITHMIC_DEPTH_BUFFER`:``,n.reversedDepthBuffer?`#define USE_REVERSED_DEPTH_BUFFER`:``,`uniform mat4 viewMatrix;`,`uniform vec3 cameraPosition;`,`uniform bool isOrthographic;`,n.toneMapping===0?``:`#define TONE_MAPPING`,n.toneMapping===0?``:G.tonemapping_pars_fragment,n.toneMapping===0?``:Fr(`toneMapping`,n.toneMapping),n.dithering?`#define DITHERING`:``,n.opaque?`#define OPAQUE`:``,G.colorspace_pars_fragment,Nr(`linearToOutputTexel`,n.outputColorSpace),Lr(),n.useDepthPacking?`#define DEPTH_PACKING `+n.depthPacking:``,`
`].filter(Vr).join(`
`)),o=Gr(o),o=Hr(o,n),o=Ur(o,n),s=Gr(s),s=Hr(s,n),s=Ur(s,n),o=Jr(o),s=Jr(s),n.isRawShaderMaterial!==!0&&(_=`#version 300 es
`,h=[f,`#define attribute in`,`#define varying out`,`#define texture2D texture`].join(`
`)+`
`+h,g=[`#define varying in`,n.glslVersion===`300 es`?``:`layout(location = 0) out highp vec4 pc_fragColor;`,n.glslVersion===`300 es`?``:`#define gl_FragColor pc_fragColor`,`#define gl_FragDepthEXT gl_FragDepth`,`#define texture2D texture`,`#define textureCube texture`,`#define texture2DProj textureProj`,`#define texture2DLodEXT textureLod`,`#define texture2DProjLodEXT textureProjLod`,`#define textureCubeLodEXT textureLod`,`#define texture2DGradEXT textureGrad`,`#define texture2DProjGradEXT textureProjGrad`,`#define textureCubeGradEXT textureGrad`].join(`
`)+`
`+g);let v=_+h+o,y=_+g+s,b=Er(i,i.VERTEX_SHADER,v),x=Er(i,i.FRAGMENT_SHADER,y);i.attachShader(m,b),i.attachShader(m,x),n.index0AttributeName===void 0?n.hasPositionAttribute===!0&&i.bindAttribLocation(m,0,`position`):i.bindAttribLocation(m,0,n.index0AttributeName),i.linkProgram(m);function S(t){if(e.debug.checkShaderErrors){let n=i.getProgramInfoLog(m)||``,r=i.getShaderInfoLog(b)||``,a=i.getShaderInfoLog(x)||``,o=n.trim(),s=r.trim(),c=a.trim(),l=!0,u=!0;if(i.getProgramParameter(m,i.LINK_STATUS)===!1){if(l=!1,typeof e.debug.onShaderError==`function`)e.debug.onShaderError(i,m,b,x);else{let e=Mr(i,b,`vertex`),n=Mr(i,x,`fragment`);vt(`WebGLProgram: Shader Error `+i.getError()+` - VALIDATE_STATUS `+i.getProgramParameter(m,i.VALIDATE_STATUS)+`

Material Name: `+t.name+`
Material Type: `+t.type+`

Program Info Log: `+o+`
`+e+`
`+n)}}else o===``?(s===``||c===``)&&(u=!1):V(`WebGLProgram: Program Info Log:`,o);u&&(t.diagnostics={runnable:l,programLog:o,vertexShader:{log:s,prefix:h},fragmentShader:{log:c,prefix:g}})}i.deleteShader(b),i.deleteShader(x),C=new Tr(i,m),w=Br(i,m)}let C;this.getUniforms=function(){return C===void 0&&S(this),C};let w;this.getAttributes=function(){return w===void 0&&S(this),w};let T=n.rendererExtensionParallelShaderCompile===!1;return this.isReady=function(){return T===!1&&(T=i.getProgramParameter(m,Dr)),T},this.destroy=function(){r.releaseStatesOfProgram(this),i.deleteProgram(m),this.program=void 0},this.type=n.shaderType,this.name=n.shaderName,this.id=Or++,this.cacheKey=t,this.usedTimes=1,this.program=m,this.vertexShader=b,this.fragmentShader=x,this}var ii=0,ai=class{constructor(){this.shaderCache=new Map,this.materialCache=new Map}update(e,t,n){let r=this._getShaderCacheForMaterial(e);return r.has(t)===!1&&(r.add(t),t.usedTimes++),r.has(n)===!1&&(r.add(n),n.usedTimes++),this}remove(e){let t=this.materialCache.get(e);for(let e of t)e.usedTimes--,e.usedTimes===0&&this.shaderCache.delete(e.code);return this.materialCache.delete(e),this}getVertexShaderStage(e){return this._getShaderStage(e.vertexShader)}getFragmentShaderStage(e){return this._getShaderStage(e.fragmentShader)}dispose(){this.shaderCache.clear(),this.materialCache.clear()}_getShaderCacheForMaterial(e){let t=this.materialCache,n=t.get(e);return n===void 0&&(n=new Set,t.set(e,n)),n}_getShaderStage(e){let t=this.shaderCache,n=t.get(e);return n===void 0&&(n=new oi(e),t.set(e,n)),n}},oi=class{constructor(e){this.id=ii++,this.code=e,this.usedTimes=0}};function si(e){return e===1030||e===37490||e===36285}function ci(e,t,n,r,i,a){let o=new ut,s=new ai,c=new Set,l=[],u=new Map,d=r.logarithmicDepthBuffer,f={MeshDepthMaterial:`depth`,MeshDistanceMaterial:`distance`,MeshNormalMaterial:`normal`,MeshBasicMaterial:`basic`,MeshLambertMaterial:`lambert`,MeshPhongMaterial:`phong`,MeshToonMaterial:`toon`,MeshStandardMaterial:`physical`,MeshPhysicalMaterial:`physical`,MeshMatcapMaterial:`matcap`,LineBasicMaterial:`basic`,LineDashedMaterial:`dashed`,PointsMaterial:`points`,ShadowMaterial:`shadow`,SpriteMaterial:`sprite`};function p(e){return c.add(e),e===0?`uv`:`uv${e}`}function m(i,o,l,u,m,h){let g=u.fog,_=m.geometry,v=i.isMeshStandardMaterial||i.isMeshLambertMaterial||i.isMeshPhongMaterial?u.environment:null,y=i.isMeshStandardMaterial||i.isMeshLambertMaterial&&!i.envMap||i.isMeshPhongMaterial&&!i.envMap,b=t.get(i.envMap||v,y),x=f[i.type],S=r.precision;i.precision!==null&&(S=r.getMaxPrecision(i.precision),S!==i.precision&&V(`WebGLProgram.getParameters:`,i.precision,`not supported, using`,S,`instead.`));let C=_.morphAttributes.position||_.morphAttributes.normal||_.morphAttributes.color,w=C===void 0?0:C.length,T=0;_.morphAttributes.position!==void 0&&(T=1),_.morphAttributes.normal!==void 0&&(T=2),_.morphAttributes.color!==void 0&&(T=3);let E,D,O,k;if(x){let e=Ft[x];E=e.vertexShader,D=e.fragmentShader}else{E=i.vertexShader,D=i.fragmentShader;let e=s.getVertexShaderStage(i),t=s.getFragmentShaderStage(i);s.update(i,e,t),O=e.id,k=t.id}let A=e.getRenderTarget(),j=e.state.buffers.depth.getReversed(),ee=m.isInstancedMesh===!0,te=m.isBatchedMesh===!0,ne=!!i.map,re=!!i.matcap,ie=!!b,M=ie&&b.isPMREMTexture===!0,ae=!!i.aoMap,oe=!!i.lightMap,se=!!i.bumpMap&&i.wireframe===!1,N=!!i.normalMap,ce=!!i.displacementMap,le=!!i.emissiveMap,ue=!!i.metalnessMap,de=!!i.roughnessMap,fe=i.anisotropy>0,pe=i.clearcoat>0,me=i.diffuseRoughness>0,he=i.dispersion>0,P=i.retroreflectivity>0,ge=i.iridescence>0,_e=i.sheen>0,ve=i.transmission>0,ye=fe&&!!i.anisotropyMap,be=pe&&!!i.clearcoatMap,xe=pe&&!!i.clearcoatNormalMap,Se=pe&&!!i.clearcoatRoughnessMap,Ce=me&&!!i.diffuseRoughnessMap,we=ge&&!!i.iridescenceMap,Te=ge&&!!i.iridescenceThicknessMap,Ee=_e&&!!i.sheenColorMap,De=_e&&!!i.sheenRoughnessMap,Oe=!!i.specularMap,ke=!!i.specularColorMap,Ae=!!i.specularIntensityMap,je=ve&&!!i.transmissionMap,Me=ve&&!!i.thicknessMap,F=!!i.gradientMap,Ne=!!i.alphaMap,Pe=i.alphaTest>0,Fe=!!i.alphaHash,I=!!i.extensions,Ie=0;i.toneMapped&&(A===null||A.isXRRenderTarget===!0)&&(Ie=e.toneMapping);let Le=M?b.isCompressedCubeTexture?b.image[0].mipmaps:b.mipmaps:null,L={shaderID:x,shaderType:i.type,shaderName:i.name,vertexShader:E,fragmentShader:D,defines:i.defines,customVertexShaderID:O,customFragmentShaderID:k,isRawShaderMaterial:i.isRawShaderMaterial===!0,glslVersion:i.glslVersion,precision:S,batching:te,batchingColor:te&&m._colorsTexture!==null,instancing:ee,instancingColor:ee&&m.instanceColor!==null,instancingMorph:ee&&m.morphTexture!==null,outputColorSpace:A===null?e.outputColorSpace:A.isXRRenderTarget===!0?A.texture.colorSpace:He.workingColorSpace,alphaToCoverage:!!i.alphaToCoverage,map:ne,matcap:re,envMap:ie,envMapMode:ie&&b.mapping,envMapPMREM:M,envMapMaxLod:M?Le.length-1:null,envMapSize:M?Le[0].width:null,aoMap:ae,lightMap:oe,bumpMap:se,normalMap:N,displacementMap:ce,emissiveMap:le,normalMapObjectSpace:N&&i.normalMapType===1,normalMapTangentSpace:N&&i.normalMapType===0,packedNormalMap:N&&i.normalMapType===0&&si(i.normalMap.format),metalnessMap:ue,roughnessMap:de,anisotropy:fe,anisotropyMap:ye,clearcoat:pe,clearcoatMap:be,clearcoatNormalMap:xe,clearcoatRoughnessMap:Se,diffuseRoughness:me,diffuseRoughnessMap:Ce,dispersion:he,retroreflection:P,iridescence:ge,iridescenceMap:we,iridescenceThicknessMap:Te,sheen:_e,sheenColorMap:Ee,sheenRoughnessMap:De,specularMap:Oe,specularColorMap:ke,specularIntensityMap:Ae,transmission:ve,transmissionMap:je,thicknessMap:Me,gradientMap:F,opaque:i.transparent===!1&&i.blending===1&&i.alphaToCoverage===!1,alphaMap:Ne,alphaTest:Pe,alphaHash:Fe,combine:i.combine,mapUv:ne&&p(i.map.channel),aoMapUv:ae&&p(i.aoMap.channel),lightMapUv:oe&&p(i.lightMap.channel),bumpMapUv:se&&p(i.bumpMap.channel),normalMapUv:N&&p(i.normalMap.channel),displacementMapUv:ce&&p(i.displacementMap.channel),emissiveMapUv:le&&p(i.emissiveMap.channel),metalnessMapUv:ue&&p(i.metalnessMap.channel),roughnessMapUv:de&&p(i.roughnessMap.channel),anisotropyMapUv:ye&&p(i.anisotropyMap.channel),clearcoatMapUv:be&&p(i.clearcoatMap.channel),clearcoatNormalMapUv:xe&&p(i.clearcoatNormalMap.channel),clearcoatRoughnessMapUv:Se&&p(i.clearcoatRoughnessMap.channel),diffuseRoughnessMapUv:Ce&&p(i.diffuseRoughnessMap.channel),iridescenceMapUv:we&&p(i.iridescenceMap.channel),iridescenceThicknessMapUv:Te&&p(i.iridescenceThicknessMap.channel),sheenColorMapUv:Ee&&p(i.sheenColorMap.channel),sheenRoughnessMapUv:De&&p(i.sheenRoughnessMap.channel),specularMapUv:Oe&&p(i.specularMap.channel),specularColorMapUv:ke&&p(i.specularColorMap.channel),specularIntensityMapUv:Ae&&p(i.specularIntensityMap.channel),transmissionMapUv:je&&p(i.transmissionMap.channel),thicknessMapUv:Me&&p(i.thicknessMap.channel),alphaMapUv:Ne&&p(i.alphaMap.channel),vertexTangents:!!_.attributes.tangent&&(N||fe),vertexNormals:!!_.attributes.normal,vertexColors:i.vertexColors,vertexAlphas:i.vertexColors===!0&&!!_.attributes.color&&_.attributes.color.itemSize===4,pointsUvs:m.isPoints===!0&&!!_.attributes.uv&&(ne||Ne),fog:!!g,useFog:i.fog===!0,fogExp2:!!g&&g.isFogExp2,flatShading:i.wireframe===!1&&(i.flatShading===!0||_.attributes.normal===void 0&&N===!1&&(i.isMeshLambertMaterial||i.isMeshPhongMaterial||i.isMeshStandardMaterial||i.isMeshPhysicalMaterial)),sizeAttenuation:i.sizeAttenuation===!0,logarithmicDepthBuffer:d,reversedDepthBuffer:j,skinning:m.isSkinnedMesh===!0,hasPositionAttribute:_.attributes.position!==void 0,morphTargets:_.morphAttributes.position!==void 0,morphNormals:_.morphAttributes.normal!==void 0,morphColors:_.morphAttributes.color!==void 0,morphTargetsCount:w,morphTextureStride:T,numSunLights:o.sun.length,numDirLights:o.directional.length,numPointLights:o.point.length,numSpotLights:o.spot.length,numSpotLightMaps:o.spotLightMap.length,numRectAreaLights:o.rectArea.length,numHemiLights:o.hemi.length,numSunLightShadows:o.sunShadowMap.length,numDirLightShadows:o.directionalShadowMap.length,numPointLightShadows:o.pointShadowMap.length,numSpotLightShadows:o.spotShadowMap.length,numSpotLightShadowsWithMaps:o.numSpotLightShadowsWithMaps,numLightProbes:o.numLightProbes,numLightProbeGrids:h.filter(e=>e.texture!==null).length,numClippingPlanes:a.numPlanes,numClipIntersection:a.numIntersection,dithering:i.dithering,shadowMapEnabled:e.shadowMap.enabled&&l.length>0,shadowMapType:e.shadowMap.type,toneMapping:Ie,decodeVideoTexture:ne&&i.map.isVideoTexture===!0&&He.getTransfer(i.map.colorSpace)===`srgb`,decodeVideoTextureEmissive:le&&i.emissiveMap.isVideoTexture===!0&&He.getTransfer(i.emissiveMap.colorSpace)===`srgb`,premultipliedAlpha:i.premultipliedAlpha,doubleSided:i.side===2,flipSided:i.side===1,useDepthPacking:i.depthPacking>=0,depthPacking:i.depthPacking||0,index0AttributeName:i.index0AttributeName,extensionClipCullDistance:I&&i.extensions.clipCullDistance===!0&&n.has(`WEBGL_clip_cull_distance`),extensionMultiDraw:(I&&i.extensions.multiDraw===!0||te)&&n.has(`WEBGL_multi_draw`),rendererExtensionParallelShaderCompile:n.has(`KHR_parallel_shader_compile`),customProgramCacheKey:i.customProgramCacheKey()};return L.vertexUv1s=c.has(1),L.vertexUv2s=c.has(2),L.vertexUv3s=c.has(3),c.clear(),L}function h(t){let n=[];if(t.shaderID?n.push(t.shaderID):(n.push(t.customVertexShaderID),n.push(t.customFragmentShaderID)),t.defines!==void 0)for(let e in t.defines)n.push(e),n.push(t.defines[e]);return t.isRawShaderMaterial===!1&&(g(n,t),_(n,t),n.push(e.outputColorSpace)),n.push(t.customProgramCacheKey),n.join()}function g(e,t){e.push(t.precision),e.push(t.outputColorSpace),e.push(t.envMapMode),e.push(t.envMapPMREM),e.push(t.envMapMaxLod),e.push(t.envMapSize),e.push(t.mapUv),e.push(t.alphaMapUv),e.push(t.lightMapUv),e.push(t.aoMapUv),e.push(t.bumpMapUv),e.push(t.normalMapUv),e.push(t.displacementMapUv),e.push(t.emissiveMapUv),e.push(t.metalnessMapUv),e.push(t.roughnessMapUv),e.push(t.anisotropyMapUv),e.push(t.clearcoatMapUv),e.push(t.clearcoatNormalMapUv),e.push(t.clearcoatRoughnessMapUv),e.push(t.diffuseRoughnessMapUv),e.push(t.iridescenceMapUv),e.push(t.iridescenceThicknessMapUv),e.push(t.sheenColorMapUv),e.push(t.sheenRoughnessMapUv),e.push(t.specularMapUv),e.push(t.specularColorMapUv),e.push(t.specularIntensityMapUv),e.push(t.transmissionMapUv),e.push(t.thicknessMapUv),e.push(t.combine),e.push(t.fogExp2),e.push(t.sizeAttenuation),e.push(t.morphTargetsCount),e.push(t.numSunLights),e.push(t.numDirLights),e.push(t.numPointLights),e.push(t.numSpotLights),e.push(t.numSpotLightMaps),e.push(t.numHemiLights),e.push(t.numRectAreaLights),e.push(t.numSunLightShadows),e.push(t.numDirLightShadows),e.push(t.numPointLightShadows),e.push(t.numSpotLightShadows),e.push(t.numSpotLightShadowsWithMaps),e.push(t.numLightProbes),e.push(t.numLightProbeGrids),e.push(t.shadowMapType),e.push(t.toneMapping),e.push(t.numClippingPlanes),e.push(t.numClipIntersection),e.push(t.depthPacking)}function _(e,t){o.disableAll(),t.instancing&&o.enable(0),t.instancingColor&&o.enable(1),t.instancingMorph&&o.enable(2),t.matcap&&o.enable(3),t.envMap&&o.enable(4),t.normalMapObjectSpace&&o.enable(5),t.normalMapTangentSpace&&o.enable(6),t.clearcoat&&o.enable(7),t.iridescence&&o.enable(8),t.alphaTest&&o.enable(9),t.vertexColors&&o.enable(10),t.vertexAlphas&&o.enable(11),t.vertexUv1s&&o.enable(12),t.vertexUv2s&&o.enable(13),t.vertexUv3s&&o.enable(14),t.vertexTangents&&o.enable(15),t.anisotropy&&o.enable(16),t.alphaHash&&o.enable(17),t.batching&&o.enable(18),t.dispersion&&o.enable(19),t.retroreflection&&o.enable(24),t.diffuseRoughness&&o.enable(25),t.batchingColor&&o.enable(20),t.gradientMap&&o.enable(21),t.packedNormalMap&&o.enable(22),t.vertexNormals&&o.enable(23),e.push(o.mask),o.disableAll(),t.fog&&o.enable(0),t.useFog&&o.enable(1),t.flatShading&&o.enable(2),t.logarithmicDepthBuffer&&o.enable(3),t.reversedDepthBuffer&&o.enable(4),t.skinning&&o.enable(5),t.morphTargets&&o.enable(6),t.morphNormals&&o.enable(7),t.morphColors&&o.enable(8),t.premultipliedAlpha&&o.enable(9),t.shadowMapEnabled&&o.enable(10),t.doubleSided&&o.enable(11),t.flipSided&&o.enable(12),t.useDepthPacking&&o.enable(13),t.dithering&&o.enable(14),t.transmission&&o.enable(15),t.sheen&&o.enable(16),t.opaque&&o.enable(17),t.pointsUvs&&o.enable(18),t.decodeVideoTexture&&o.enable(19),t.decodeVideoTextureEmissive&&o.enable(20),t.alphaToCoverage&&o.enable(21),t.numLightProbeGrids>0&&o.enable(22),t.hasPositionAttribute&&o.enable(23),e.push(o.mask)}function v(e){let t=f[e.type],n;if(t){let e=Ft[t];n=Pe.clone(e.uniforms)}else n=e.uniforms;return n}function y(t,n){let r=u.get(n);return r===void 0?(r=new ri(e,n,t,i),l.push(r),u.set(n,r)):++r.usedTimes,r}function b(e){if(--e.usedTimes===0){let t=l.indexOf(e);l[t]=l[l.length-1],l.pop(),u.delete(e.cacheKey),e.destroy()}}function x(e){s.remove(e)}function S(){s.dispose()}return{getParameters:m,getProgramCacheKey:h,getUniforms:v,acquireProgram:y,releaseProgram:b,releaseShaderCache:x,programs:l,dispose:S}}function li(){let e=new WeakMap;function t(t){return e.has(t)}function n(t){let n=e.get(t);return n===void 0&&(n={},e.set(t,n)),n}function r(t){e.delete(t)}function i(t,n,r){e.get(t)[n]=r}function a(){e=new WeakMap}return{has:t,get:n,remove:r,update:i,dispose:a}}function ui(e,t){return e.groupOrder===t.groupOrder?e.renderOrder===t.renderOrder?e.material.id===t.material.id?e.materialVariant===t.materialVariant?e.z===t.z?e.id-t.id:e.z-t.z:e.materialVariant-t.materialVariant:e.material.id-t.material.id:e.renderOrder-t.renderOrder:e.groupOrder-t.groupOrder}function di(e,t){return e.groupOrder===t.groupOrder?e.renderOrder===t.renderOrder?e.z===t.z?e.id-t.id:t.z-e.z:e.renderOrder-t.renderOrder:e.groupOrder-t.groupOrder}function fi(){let e=[],t=0,n=[],r=[],i=[];function a(){t=0,n.length=0,r.length=0,i.length=0}function o(e){let t=0;return e.isInstancedMesh&&(t+=2),e.isSkinnedMesh&&(t+=1),t}function s(n,r,i,a,s,c){let l=e[t];return l===void 0?(l={id:n.id,object:n,geometry:r,material:i,materialVariant:o(n),groupOrder:a,renderOrder:n.renderOrder,z:s,group:c},e[t]=l):(l.id=n.id,l.object=n,l.geometry=r,l.material=i,l.materialVariant=o(n),l.groupOrder=a,l.renderOrder=n.renderOrder,l.z=s,l.group=c),t++,l}function c(e,t,a,o,c,l,u){u.reversedDepth===!0&&(c=-c);let d=s(e,t,a,o,c,l);a.transmission>0?r.push(d):a.transparent===!0?i.push(d):n.push(d)}function l(e,t,a,o,c,l){let u=s(e,t,a,o,c,l);a.transmission>0?r.unshift(u):a.transparent===!0?i.unshift(u):n.unshift(u)}function u(e,t){n.length>1&&n.sort(e||ui),r.length>1&&r.sort(t||di),i.length>1&&i.sort(t||di)}function d(){for(let n=t,r=e.length;n<r;n++){let t=e[n];if(t.id===null)break;t.id=null,t.object=null,t.geometry=null,t.material=null,t.group=null}}return{opaque:n,transmissive:r,transparent:i,init:a,push:c,unshift:l,finish:d,sort:u}}function pi(){let e=new WeakMap;function t(t,n){let r=e.get(t),i;return r===void 0?(i=new fi,e.set(t,[i])):n>=r.length?(i=new fi,r.push(i)):i=r[n],i}function n(){e=new WeakMap}return{get:t,dispose:n}}function mi(){let e={};return{get:function(t){if(e[t.id]!==void 0)return e[t.id];let n;switch(t.type){case`SunLight`:case`DirectionalLight`:n={direction:new B,color:new z};break;case`SpotLight`:n={position:new B,direction:new B,color:new z,distance:0,coneCos:0,penumbraCos:0,decay:0};break;case`PointLight`:n={position:new B,color:new z,distance:0,decay:0};break;case`HemisphereLight`:n={direction:new B,skyColor:new z,groundColor:new z};break;case`RectAreaLight`:n={color:new z,position:new B,halfWidth:new B,halfHeight:new B}}return e[t.id]=n,n}}}function hi(){let e={};return{get:function(t){if(e[t.id]!==void 0)return e[t.id];let n;switch(t.type){case`SunLight`:case`DirectionalLight`:n={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new tt};break;case`SpotLight`:n={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new tt};break;case`PointLight`:n={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new tt,shadowCameraNear:1,shadowCameraFar:1e3}}return e[t.id]=n,n}}}var gi=0;function _i(e,t){return(t.castShadow?2:0)-(e.castShadow?2:0)+ +!!t.map-!!e.map}function vi(e){let t=new mi,n=hi(),r={version:0,hash:{sunLength:-1,directionalLength:-1,pointLength:-1,spotLength:-1,rectAreaLength:-1,hemiLength:-1,numSunShadows:-1,numDirectionalShadows:-1,numPointShadows:-1,numSpotShadows:-1,numSpotMaps:-1,numLightProbes:-1},ambient:[0,0,0],probe:[],sun:[],sunShadow:[],sunShadowMap:[],sunShadowMatrix:[],sunShadowCascade:[],directional:[],directionalShadow:[],directionalShadowMap:[],directionalShadowMatrix:[],spot:[],spotLightMap:[],spotShadow:[],spotShadowMap:[],spotLightMatrix:[],rectArea:[],rectAreaLTC1:null,rectAreaLTC2:null,point:[],pointShadow:[],pointShadowMap:[],pointShadowMatrix:[],hemi:[],numSpotLightShadowsWithMaps:0,numLightProbes:0};for(let e=0;e<9;e++)r.probe.push(new B);let i=new B,a=new P,o=new P;function s(i){let a=0,o=0,s=0;for(let e=0;e<9;e++)r.probe[e].set(0,0,0);let c=0,l=0,u=0,d=0,f=0,p=0,m=0,h=0,g=0,_=0,v=0,y=0,b=0,x=0;i.sort(_i);for(let e=0,S=i.length;e<S;e++){let S=i[e],C=S.color,w=S.intensity,T=S.distance,E=null;if(S.shadow&&S.shadow.map&&(E=S.shadow.map.texture.format===1030?S.shadow.map.texture:S.shadow.map.depthTexture||S.shadow.map.texture),S.isAmbientLight)a+=C.r*w,o+=C.g*w,s+=C.b*w;else if(S.isLightProbe){for(let e=0;e<9;e++)r.probe[e].addScaledVector(S.sh.coefficients[e],w);x++}else if(S.isSunLight){let e=t.get(S);if(e.color.copy(S.color).multiplyScalar(S.intensity),S.castShadow){let e=S.shadow,t=n.get(S);t.shadowIntensity=e.intensity,t.shadowBias=e.bias,t.shadowNormalBias=e.normalBias,t.shadowRadius=e.radius,t.shadowMapSize.copy(e.mapSize).multiply(e.getFrameExtents()),r.sunShadow[l]=t,r.sunShadowMap[l]=E;let i=e.getViewportCount();for(let t=0;t<i;t++)r.sunShadowMatrix[u+t]=e.getMatrix(t),r.sunShadowCascade[u+t]=e._cascadeData[t];u+=i,l++}r.sun[c]=e,c++}else if(S.isDirectionalLight){let e=t.get(S);if(e.color.copy(S.color).multiplyScalar(S.intensity),S.castShadow){let e=S.shadow,t=n.get(S);t.shadowIntensity=e.intensity,t.shadowBias=e.bias,t.shadowNormalBias=e.normalBias,t.shadowRadius=e.radius,t.shadowMapSize=e.mapSize,r.directionalShadow[d]=t,r.directionalShadowMap[d]=E,r.directionalShadowMatrix[d]=S.shadow.matrix,g++}r.directional[d]=e,d++}else if(S.isSpotLight){let e=t.get(S);e.position.setFromMatrixPosition(S.matrixWorld),e.color.copy(C).multiplyScalar(w),e.distance=T,e.coneCos=Math.cos(S.angle),e.penumbraCos=Math.cos(S.angle*(1-S.penumbra)),e.decay=S.decay,r.spot[p]=e;let i=S.shadow;if(S.map&&(r.spotLightMap[y]=S.map,y++,i.updateMatrices(S),S.castShadow&&b++),r.spotLightMatrix[p]=i.matrix,S.castShadow){let e=n.get(S);e.shadowIntensity=i.intensity,e.shadowBias=i.bias,e.shadowNormalBias=i.normalBias,e.shadowRadius=i.radius,e.shadowMapSize=i.mapSize,r.spotShadow[p]=e,r.spotShadowMap[p]=E,v++}p++}else if(S.isRectAreaLight){let e=t.get(S);e.color.copy(C).multiplyScalar(w),e.halfWidth.set(S.width*.5,0,0),e.halfHeight.set(0,S.height*.5,0),r.rectArea[m]=e,m++}else if(S.isPointLight){let e=t.get(S);if(e.color.copy(S.color).multiplyScalar(S.intensity),e.distance=S.distance,e.decay=S.decay,S.castShadow){let e=S.shadow,t=n.get(S);t.shadowIntensity=e.intensity,t.shadowBias=e.bias,t.shadowNormalBias=e.normalBias,t.shadowRadius=e.radius,t.shadowMapSize=e.mapSize,t.shadowCameraNear=e.camera.near,t.shadowCameraFar=e.camera.far,r.pointShadow[f]=t,r.pointShadowMap[f]=E,r.pointShadowMatrix[f]=S.shadow.matrix,_++}r.point[f]=e,f++}else if(S.isHemisphereLight){let e=t.get(S);e.skyColor.copy(S.color).multiplyScalar(w),e.groundColor.copy(S.groundColor).multiplyScalar(w),r.hemi[h]=e,h++}}m>0&&(e.has(`OES_texture_float_linear`)===!0?(r.rectAreaLTC1=K.LTC_FLOAT_1,r.rectAreaLTC2=K.LTC_FLOAT_2):(r.rectAreaLTC1=K.LTC_HALF_1,r.rectAreaLTC2=K.LTC_HALF_2)),r.ambient[0]=a,r.ambient[1]=o,r.ambient[2]=s;let S=r.hash;(S.sunLength!==c||S.directionalLength!==d||S.pointLength!==f||S.spotLength!==p||S.rectAreaLength!==m||S.hemiLength!==h||S.numSunShadows!==l||S.numDirectionalShadows!==g||S.numPointShadows!==_||S.numSpotShadows!==v||S.numSpotMaps!==y||S.numLightProbes!==x)&&(r.sun.length=c,r.directional.length=d,r.spot.length=p,r.rectArea.length=m,r.point.length=f,r.hemi.length=h,r.sunShadow.length=l,r.sunShadowMap.length=l,r.sunShadowMatrix.length=u,r.sunShadowCascade.length=u,r.directionalShadow.length=g,r.directionalShadowMap.length=g,r.directionalShadowMatrix.length=g,r.pointShadow.length=_,r.pointShadowMap.length=_,r.pointShadowMatrix.length=_,r.spotShadow.length=v,r.spotShadowMap.length=v,r.spotLightMatrix.length=v+y-b,r.spotLightMap.length=y,r.numSpotLightShadowsWithMaps=b,r.numLightProbes=x,S.sunLength=c,S.directionalLength=d,S.pointLength=f,S.spotLength=p,S.rectAreaLength=m,S.hemiLength=h,S.numSunShadows=l,S.numDirectionalShadows=g,S.numPointShadows=_,S.numSpotShadows=v,S.numSpotMaps=y,S.numLightProbes=x,r.version=gi++)}function c(e,t){let n=0,s=0,c=0,l=0,u=0,d=0,f=t.matrixWorldInverse;for(let t=0,p=e.length;t<p;t++){let p=e[t];if(p.isSunLight){let e=r.sun[n];e.direction.setFromMatrixPosition(p.matrixWorld),e.direction.transformDirection(f),n++}else if(p.isDirectionalLight){let e=r.directional[s];e.direction.setFromMatrixPosition(p.matrixWorld),i.setFromMatrixPosition(p.target.matrixWorld),e.direction.sub(i),e.direction.transformDirection(f),s++}else if(p.isSpotLight){let e=r.spot[l];e.position.setFromMatrixPosition(p.matrixWorld),e.position.applyMatrix4(f),e.direction.setFromMatrixPosition(p.matrixWorld),i.setFromMatrixPosition(p.target.matrixWorld),e.direction.sub(i),e.direction.transformDirection(f),l++}else if(p.isRectAreaLight){let e=r.rectArea[u];e.position.setFromMatrixPosition(p.matrixWorld),e.position.applyMatrix4(f),o.identity(),a.copy(p.matrixWorld),a.premultiply(f),o.extractRotation(a),e.halfWidth.set(p.width*.5,0,0),e.halfHeight.set(0,p.height*.5,0),e.halfWidth.applyMatrix4(o),e.halfHeight.applyMatrix4(o),u++}else if(p.isPointLight){let e=r.point[c];e.position.setFromMatrixPosition(p.matrixWorld),e.position.applyMatrix4(f),c++}else if(p.isHemisphereLight){let e=r.hemi[d];e.direction.setFromMatrixPosition(p.matrixWorld),e.direction.transformDirection(f),d++}}}return{setup:s,setupView:c,state:r}}function yi(e){let t=new vi(e),n=[],r=[],i=[];function a(e){u.camera=e,n.length=0,r.length=0,i.length=0}function o(e){e.isLightProbeGrid?i.push(e):n.push(e)}function s(e){r.push(e)}function c(){t.setup(n),i.sort((e,t)=>e.priority-t.priority||e.id-t.id)}function l(e){t.setupView(n,e)}let u={lightsArray:n,shadowsArray:r,lightProbeGridArray:i,camera:null,lights:t,transmissionRenderTarget:{},textureUnits:0};return{init:a,state:u,setupLights:c,setupLightsView:l,pushLight:o,pushShadow:s}}function bi(e){let t=new WeakMap;function n(n,r=0){let i=t.get(n),a;return i===void 0?(a=new yi(e),t.set(n,[a])):r>=i.length?(a=new yi(e),i.push(a)):a=i[r],a}function r(){t=new WeakMap}return{get:n,dispose:r}}var xi=`void main() {
	gl_Position = vec4( position, 1.0 );
}`,Si=`uniform sampler2D shadow_pass;
uniform vec2 resolution;
uniform float radius;
void main() {
	const float samples = float( VSM_SAMPLES );
	float mean = 0.0;
	float squared_mean = 0.0;
	float uvStride = samples <= 1.0 ? 0.0 : 2.0 / ( samples - 1.0 );
	float uvStart = samples <= 1.0 ? 0.0 : - 1.0;
	for ( float i = 0.0; i < samples; i ++ ) {
		float uvOffset = uvStart + i * uvStride;
		#ifdef HORIZONTAL_PASS
			vec2 distribution = texture2D( shadow_pass, ( gl_FragCoord.xy + vec2( uvOffset, 0.0 ) * radius ) / resolution ).rg;
			mean += distribution.x;
			squared_mean += distribution.y * distribution.y + distribution.x * distribution.x;
		#else
			float depth = texture2D( shadow_pass, ( gl_FragCoord.xy + vec2( 0.0, uvOffset ) * radius ) / resolution ).r;
			mean += depth;
			squared_mean += depth * depth;
		#endif
	}
	mean = mean / samples;
	squared_mean = squared_mean / samples;
	float std_dev = sqrt( max( 0.0, squared_mean - mean * mean ) );
	gl_FragColor = vec4( mean, std_dev, 0.0, 1.0 );
}`,Ci=[new B(1,0,0),new B(-1,0,0),new B(0,1,0),new B(0,-1,0),new B(0,0,1),new B(0,0,-1)],wi=[new B(0,-1,0),new B(0,-1,0),new B(0,0,1),new B(0,0,-1),new B(0,-1,0),new B(0,-1,0)],Ti=new P,Ei=new B,Di=new B;function Oi(e,t,n){let i=new wt,a=new tt,o=new tt,s=new Ue,c=new ve,l=new h,u={},f=n.maxTextureSize,p={0:1,1:0,2:2},m=new y({defines:{VSM_SAMPLES:8},uniforms:{shadow_pass:{value:null},resolution:{value:new tt},radius:{value:4}},vertexShader:xi,fragmentShader:Si}),g=m.clone();g.defines.HORIZONTAL_PASS=1;let _=new L;_.setAttribute(`position`,new U(new Float32Array([-1,-1,.5,3,-1,.5,-1,3,.5]),3));let v=new d(_,m),b=this;this.enabled=!1,this.autoUpdate=!0,this.needsUpdate=!1,this.type=1;let x=this.type;this.render=function(t,n,c){if(b.enabled===!1||b.autoUpdate===!1&&b.needsUpdate===!1||t.length===0)return;this.type===2&&(V(`WebGLShadowMap: PCFSoftShadowMap has been removed. Using PCFShadowMap instead.`),this.type=1);let l=e.getRenderTarget(),u=e.getActiveCubeFace(),d=e.getActiveMipmapLevel(),p=e.state;p.setBlending(0),p.buffers.depth.getReversed()===!0?p.buffers.color.setClear(0,0,0,0):p.buffers.color.setClear(1,1,1,1),p.buffers.depth.setTest(!0),p.setScissorTest(!1);let m=x!==this.type;m&&n.traverse(function(e){e.material&&(Array.isArray(e.material)?e.material.forEach(e=>e.needsUpdate=!0):e.material.needsUpdate=!0)});for(let l=0,u=t.length;l<u;l++){let u=t[l],d=u.shadow;if(d===void 0){V(`WebGLShadowMap:`,u,`has no shadow.`);continue}if(d.autoUpdate===!1&&d.needsUpdate===!1)continue;a.copy(d.mapSize);let h=d.getFrameExtents();a.multiply(h),o.copy(d.mapSize),(a.x>f||a.y>f)&&(a.x>f&&(o.x=Math.floor(f/h.x),a.x=o.x*h.x,d.mapSize.x=o.x),a.y>f&&(o.y=Math.floor(f/h.y),a.y=o.y*h.y,d.mapSize.y=o.y));let g=e.state.buffers.depth.getReversed();if(d.camera._reversedDepth=g,d.map===null||m===!0){if(d.map!==null&&(d.map.depthTexture!==null&&(d.map.depthTexture.dispose(),d.map.depthTexture=null),d.map.dispose()),this.type===3){if(u.isPointLight){V(`WebGLShadowMap: VSM shadow maps are not supported for PointLights. Use PCF or BasicShadowMap instead.`);continue}d.map=new Ct(a.x,a.y,{format:oe,type:ye,minFilter:$e,magFilter:$e,generateMipmaps:!1}),d.map.texture.name=u.name+`.shadowMap`,d.map.depthTexture=new r(a.x,a.y,O),d.map.depthTexture.name=u.name+`.shadowMapDepth`,d.map.depthTexture.format=ae,d.map.depthTexture.compareFunction=null,d.map.depthTexture.minFilter=Je,d.map.depthTexture.magFilter=Je}else u.isPointLight?(d.map=new Wt(a.x),d.map.depthTexture=new St(a.x,ft)):(d.map=new Ct(a.x,a.y),d.map.depthTexture=new r(a.x,a.y,ft)),d.map.depthTexture.name=u.name+`.shadowMap`,d.map.depthTexture.format=ae,this.type===1?(d.map.depthTexture.compareFunction=g?518:515,d.map.depthTexture.minFilter=$e,d.map.depthTexture.magFilter=$e):(d.map.depthTexture.compareFunction=null,d.map.depthTexture.minFilter=Je,d.map.depthTexture.magFilter=Je);d.camera.updateProjectionMatrix()}d.map.isWebGLCubeRenderTarget!==!0&&(d.map.width!==a.x||d.map.height!==a.y)&&d.map.setSize(a.x,a.y);let _=d.map.isWebGLCubeRenderTarget?6:d.getViewportCount();u.isPointLight!==!0&&d.updateMatrices(u,c);let v=d.camera.layers.mask&4294967294?d.camera.layers:c.layers;for(let t=0;t<_;t++){let r=d.getCamera(t);if(u.isPointLight){let e=d.camera,n=d.matrix,r=u.distance||e.far;r!==e.far&&(e.far=r,e.updateProjectionMatrix()),Ei.setFromMatrixPosition(u.matrixWorld),e.position.copy(Ei),Di.copy(e.position),Di.add(Ci[t]),e.up.copy(wi[t]),e.lookAt(Di),e.updateMatrixWorld(),n.makeTranslation(-Ei.x,-Ei.y,-Ei.z),Ti.multiplyMatrices(e.projectionMatrix,e.matrixWorldInverse),d._frustum.setFromProjectionMatrix(Ti,e.coordinateSystem,e.reversedDepth)}if(d.map.isWebGLCubeRenderTarget)e.setRenderTarget(d.map,t),e.clear();else{t===0&&(e.setRenderTarget(d.map),e.clear());let n=d.getViewport(t);s.set(o.x*n.x,o.y*n.y,o.x*n.z,o.y*n.w),p.viewport(s)}i=d.getFrustum(t),w(n,c,r,u,v,this.type)}d.isPointLightShadow!==!0&&this.type===3&&S(d,c),d.needsUpdate=!1}x=this.type,b.needsUpdate=!1,e.setRenderTarget(l,u,d)};function S(n,r){let i=t.update(v);m.defines.VSM_SAMPLES!==n.blurSamples&&(m.defines.VSM_SAMPLES=n.blurSamples,g.defines.VSM_SAMPLES=n.blurSamples,m.needsUpdate=!0,g.needsUpdate=!0),n.mapPass===null?n.mapPass=new Ct(a.x,a.y,{format:oe,type:ye}):(n.mapPass.width!==n.map.width||n.mapPass.height!==n.map.height)&&n.mapPass.setSize(n.map.width,n.map.height),m.uniforms.shadow_pass.value=n.map.depthTexture,m.uniforms.resolution.value.set(n.map.width,n.map.height),m.uniforms.radius.value=n.radius,e.setRenderTarget(n.mapPass),e.clear(),e.renderBufferDirect(r,null,i,m,v,null),g.uniforms.shadow_pass.value=n.mapPass.texture,g.uniforms.resolution.value.set(n.map.width,n.map.height),g.uniforms.radius.value=n.radius,e.setRenderTarget(n.map),e.clear(),e.renderBufferDirect(r,null,i,g,v,null)}function C(t,n,r,i){let a=null,o=r.isPointLight===!0?t.customDistanceMaterial:t.customDepthMaterial;if(o!==void 0)a=o;else if(a=r.isPointLight===!0?l:c,e.localClippingEnabled&&n.clipShadows===!0&&Array.isArray(n.clippingPlanes)&&n.clippingPlanes.length!==0||n.displacementMap&&n.displacementScale!==0||n.alphaMap&&n.alphaTest>0||n.map&&n.alphaTest>0||n.alphaToCoverage===!0){let e=a.uuid,t=n.uuid,r=u[e];r===void 0&&(r={},u[e]=r);let i=r[t];i===void 0&&(i=a.clone(),r[t]=i,n.addEventListener(`dispose`,T)),a=i}if(a.visible=n.visible,a.wireframe=n.wireframe,i===3?a.side=n.shadowSide===null?n.side:n.shadowSide:a.side=n.shadowSide===null?p[n.side]:n.shadowSide,a.alphaMap=n.alphaMap,a.alphaTest=n.alphaToCoverage===!0?.5:n.alphaTest,a.map=n.map,a.clipShadows=n.clipShadows,a.clippingPlanes=n.clippingPlanes,a.clipIntersection=n.clipIntersection,a.displacementMap=n.displacementMap,a.displacementScale=n.displacementScale,a.displacementBias=n.displacementBias,a.wireframeLinewidth=n.wireframeLinewidth,a.linewidth=n.linewidth,r.isPointLight===!0&&a.isMeshDistanceMaterial===!0){let t=e.properties.get(a);t.light=r}return a}function w(n,r,a,o,s,c){if(n.visible===!1)return;if(n.layers.test(s)&&(n.isMesh||n.isLine||n.isPoints)&&(n.castShadow||n.receiveShadow&&c===3)&&(!n.frustumCulled||n.intersectsFrustum(i))){n.modelViewMatrix.multiplyMatrices(a.matrixWorldInverse,n.matrixWorld);let i=t.update(n),s=n.material;if(Array.isArray(s)){let t=i.groups;for(let l=0,u=t.length;l<u;l++){let u=t[l],d=s[u.materialIndex];if(d&&d.visible){let t=C(n,d,o,c);n.onBeforeShadow(e,n,r,a,i,t,u),e.renderBufferDirect(a,null,i,t,n,u),n.onAfterShadow(e,n,r,a,i,t,u)}}}else if(s.visible){let t=C(n,s,o,c);n.onBeforeShadow(e,n,r,a,i,t,null),e.renderBufferDirect(a,null,i,t,n,null),n.onAfterShadow(e,n,r,a,i,t,null)}}let l=n.children;for(let e=0,t=l.length;e<t;e++)w(l[e],r,a,o,s,c)}function T(e){e.target.removeEventListener(`dispose`,T);for(let t in u){let n=u[t],r=e.target.uuid;r in n&&(n[r].dispose(),delete n[r])}}}function ki(e,t){function n(){let t=!1,n=new Ue,r=null,i=new Ue(0,0,0,0);return{setMask:function(n){r!==n&&!t&&(e.colorMask(n,n,n,n),r=n)},setLocked:function(e){t=e},setClear:function(t,r,a,o,s){s===!0&&(t*=o,r*=o,a*=o),n.set(t,r,a,o),i.equals(n)===!1&&(e.clearColor(t,r,a,o),i.copy(n))},reset:function(){t=!1,r=null,i.set(-1,0,0,0)}}}function r(){let n=!1,r=!1,i=null,a=null,o=null;return{setReversed:function(e){if(r!==e){let n=t.get(`EXT_clip_control`);e?n.clipControlEXT(n.LOWER_LEFT_EXT,n.ZERO_TO_ONE_EXT):n.clipControlEXT(n.LOWER_LEFT_EXT,n.NEGATIVE_ONE_TO_ONE_EXT),r=e;let i=o;o=null,this.setClear(i)}},getReversed:function(){return r},setTest:function(t){t?de(e.DEPTH_TEST):fe(e.DEPTH_TEST)},setMask:function(t){i!==t&&!n&&(e.depthMask(t),i=t)},setFunc:function(t){if(r&&(t=k[t]),a!==t){switch(t){case 0:e.depthFunc(e.NEVER);break;case 1:e.depthFunc(e.ALWAYS);break;case 2:e.depthFunc(e.LESS);break;case 3:e.depthFunc(e.LEQUAL);break;case 4:e.depthFunc(e.EQUAL);break;case 5:e.depthFunc(e.GEQUAL);break;case 6:e.depthFunc(e.GREATER);break;case 7:e.depthFunc(e.NOTEQUAL);break;default:e.depthFunc(e.LEQUAL)}a=t}},setLocked:function(e){n=e},setClear:function(t){o!==t&&(o=t,r&&(t=1-t),e.clearDepth(t))},reset:function(){n=!1,i=null,a=null,o=null,r=!1}}}function i(){let t=!1,n=null,r=null,i=null,a=null,o=null,s=null,c=null,l=null;return{setTest:function(n){t||(n?de(e.STENCIL_TEST):fe(e.STENCIL_TEST))},setMask:function(r){n!==r&&!t&&(e.stencilMask(r),n=r)},setFunc:function(t,n,o){(r!==t||i!==n||a!==o)&&(e.stencilFunc(t,n,o),r=t,i=n,a=o)},setOp:function(t,n,r){(o!==t||s!==n||c!==r)&&(e.stencilOp(t,n,r),o=t,s=n,c=r)},setLocked:function(e){t=e},setClear:function(t){l!==t&&(e.clearStencil(t),l=t)},reset:function(){t=!1,n=null,r=null,i=null,a=null,o=null,s=null,c=null,l=null}}}let a=new n,o=new r,s=new i,c={},l=new WeakMap,u={},d={},f={},p=new WeakMap,m=[],h=null,g=!1,_=null,v=null,y=null,b=null,x=null,S=null,C=null,w=new z(0,0,0),T=0,E=!1,D=null,O=null,A=null,j=null,ee=null,te=e.getParameter(e.MAX_COMBINED_TEXTURE_IMAGE_UNITS),ne=!1,re=0,ie=e.getParameter(e.VERSION);ie.indexOf(`WebGL`)===-1?ie.indexOf(`OpenGL ES`)!==-1&&(re=parseFloat(/^OpenGL ES (\d)/.exec(ie)[1]),ne=re>=2):(re=parseFloat(/^WebGL (\d)/.exec(ie)[1]),ne=re>=1);let M=null,ae={},oe=e.getParameter(e.SCISSOR_BOX),se=e.getParameter(e.VIEWPORT),N=new Ue().fromArray(oe),ce=new Ue().fromArray(se);function le(t,n,r,i){let a=new Uint8Array(4),o=e.createTexture();e.bindTexture(t,o),e.texParameteri(t,e.TEXTURE_MIN_FILTER,e.NEAREST),e.texParameteri(t,e.TEXTURE_MAG_FILTER,e.NEAREST);for(let o=0;o<r;o++)t===e.TEXTURE_3D||t===e.TEXTURE_2D_ARRAY?e.texImage3D(n,0,e.RGBA,1,1,i,0,e.RGBA,e.UNSIGNED_BYTE,a):e.texImage2D(n+o,0,e.RGBA,1,1,0,e.RGBA,e.UNSIGNED_BYTE,a);return o}let ue={};ue[e.TEXTURE_2D]=le(e.TEXTURE_2D,e.TEXTURE_2D,1),ue[e.TEXTURE_CUBE_MAP]=le(e.TEXTURE_CUBE_MAP,e.TEXTURE_CUBE_MAP_POSITIVE_X,6),ue[e.TEXTURE_2D_ARRAY]=le(e.TEXTURE_2D_ARRAY,e.TEXTURE_2D_ARRAY,1,1),ue[e.TEXTURE_3D]=le(e.TEXTURE_3D,e.TEXTURE_3D,1,1),a.setClear(0,0,0,1),o.setClear(1),s.setClear(0),de(e.DEPTH_TEST),o.setFunc(3),ye(!1),be(1),de(e.CULL_FACE),_e(0);function de(t){u[t]!==!0&&(e.enable(t),u[t]=!0)}function fe(t){u[t]!==!1&&(e.disable(t),u[t]=!1)}function pe(t,n){return f[t]!==n&&(e.bindFramebuffer(t,n),f[t]=n,t===e.DRAW_FRAMEBUFFER&&(f[e.FRAMEBUFFER]=n),t===e.FRAMEBUFFER&&(f[e.DRAW_FRAMEBUFFER]=n),!0)}function me(t,n){let r=m,i=!1;if(t){r=p.get(n),r===void 0&&(r=[],p.set(n,r));let a=t.textures;if(r.length!==a.length||r[0]!==e.COLOR_ATTACHMENT0){for(let t=0,n=a.length;t<n;t++)r[t]=e.COLOR_ATTACHMENT0+t;r.length=a.length,i=!0}}else r[0]!==e.BACK&&(r[0]=e.BACK,i=!0);i&&e.drawBuffers(r)}function he(t){return h!==t&&(e.useProgram(t),h=t,!0)}let P={100:e.FUNC_ADD,101:e.FUNC_SUBTRACT,102:e.FUNC_REVERSE_SUBTRACT};P[103]=e.MIN,P[104]=e.MAX;let ge={200:e.ZERO,201:e.ONE,202:e.SRC_COLOR,204:e.SRC_ALPHA,210:e.SRC_ALPHA_SATURATE,208:e.DST_COLOR,206:e.DST_ALPHA,203:e.ONE_MINUS_SRC_COLOR,205:e.ONE_MINUS_SRC_ALPHA,209:e.ONE_MINUS_DST_COLOR,207:e.ONE_MINUS_DST_ALPHA,211:e.CONSTANT_COLOR,212:e.ONE_MINUS_CONSTANT_COLOR,213:e.CONSTANT_ALPHA,214:e.ONE_MINUS_CONSTANT_ALPHA};function _e(t,n,r,i,a,o,s,c,l,u){if(t===0)g===!0&&(fe(e.BLEND),g=!1);else if(g===!1&&(de(e.BLEND),g=!0),t!==5){if(t!==_||u!==E){if((v!==100||x!==100)&&(e.blendEquation(e.FUNC_ADD),v=100,x=100),u)switch(t){case 1:e.blendFuncSeparate(e.ONE,e.ONE_MINUS_SRC_ALPHA,e.ONE,e.ONE_MINUS_SRC_ALPHA);break;case 2:e.blendFunc(e.ONE,e.ONE);break;case 3:e.blendFuncSeparate(e.ZERO,e.ONE_MINUS_SRC_COLOR,e.ZERO,e.ONE);break;case 4:e.blendFuncSeparate(e.DST_COLOR,e.ONE_MINUS_SRC_ALPHA,e.ZERO,e.ONE);break;default:vt(`WebGLState: Invalid blending: `,t)}else switch(t){case 1:e.blendFuncSeparate(e.SRC_ALPHA,e.ONE_MINUS_SRC_ALPHA,e.ONE,e.ONE_MINUS_SRC_ALPHA);break;case 2:e.blendFuncSeparate(e.SRC_ALPHA,e.ONE,e.ONE,e.ONE);break;case 3:vt(`WebGLState: SubtractiveBlending requires material.premultipliedAlpha = true`);break;case 4:vt(`WebGLState: MultiplyBlending requires material.premultipliedAlpha = true`);break;default:vt(`WebGLState: Invalid blending: `,t)}y=null,b=null,S=null,C=null,w.set(0,0,0),T=0,_=t,E=u}}else a||=n,o||=r,s||=i,(n!==v||a!==x)&&(e.blendEquationSeparate(P[n],P[a]),v=n,x=a),(r!==y||i!==b||o!==S||s!==C)&&(e.blendFuncSeparate(ge[r],ge[i],ge[o],ge[s]),y=r,b=i,S=o,C=s),(c.equals(w)===!1||l!==T)&&(e.blendColor(c.r,c.g,c.b,l),w.copy(c),T=l),_=t,E=!1}function ve(t,n){t.side===2?fe(e.CULL_FACE):de(e.CULL_FACE);let r=t.side===1;n&&(r=!r),ye(r),t.blending===1&&t.transparent===!1?_e(0):_e(t.blending,t.blendEquation,t.blendSrc,t.blendDst,t.blendEquationAlpha,t.blendSrcAlpha,t.blendDstAlpha,t.blendColor,t.blendAlpha,t.premultipliedAlpha),o.setFunc(t.depthFunc),o.setTest(t.depthTest),o.setMask(t.depthWrite),a.setMask(t.colorWrite);let i=t.stencilWrite;s.setTest(i),i&&(s.setMask(t.stencilWriteMask),s.setFunc(t.stencilFunc,t.stencilRef,t.stencilFuncMask),s.setOp(t.stencilFail,t.stencilZFail,t.stencilZPass)),Se(t.polygonOffset,t.polygonOffsetFactor,t.polygonOffsetUnits),t.alphaToCoverage===!0?de(e.SAMPLE_ALPHA_TO_COVERAGE):fe(e.SAMPLE_ALPHA_TO_COVERAGE)}function ye(t){D!==t&&(t?e.frontFace(e.CW):e.frontFace(e.CCW),D=t)}function be(t){t===0?fe(e.CULL_FACE):(de(e.CULL_FACE),t!==O&&(t===1?e.cullFace(e.BACK):t===2?e.cullFace(e.FRONT):e.cullFace(e.FRONT_AND_BACK))),O=t}function xe(t){t!==A&&(ne&&e.lineWidth(t),A=t)}function Se(t,n,r){t?(de(e.POLYGON_OFFSET_FILL),(j!==n||ee!==r)&&(j=n,ee=r,o.getReversed()&&(n=-n,r=-r),e.polygonOffset(n,r))):fe(e.POLYGON_OFFSET_FILL)}function Ce(t){t?de(e.SCISSOR_TEST):fe(e.SCISSOR_TEST)}function we(t){t===void 0&&(t=e.TEXTURE0+te-1),M!==t&&(e.activeTexture(t),M=t)}function Te(t,n,r){r===void 0&&(r=M===null?e.TEXTURE0+te-1:M);let i=ae[r];i===void 0&&(i={type:void 0,texture:void 0},ae[r]=i),(i.type!==t||i.texture!==n)&&(M!==r&&(e.activeTexture(r),M=r),e.bindTexture(t,n||ue[t]),i.type=t,i.texture=n)}function Ee(){let t=ae[M];t!==void 0&&t.type!==void 0&&(e.bindTexture(t.type,null),t.type=void 0,t.texture=void 0)}function De(){try{e.compressedTexImage2D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Oe(){try{e.compressedTexImage3D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function ke(){try{e.texSubImage2D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Ae(){try{e.texSubImage3D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function je(){try{e.compressedTexSubImage2D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Me(){try{e.compressedTexSubImage3D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function F(){try{e.texStorage2D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Ne(){try{e.texStorage3D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Pe(){try{e.texImage2D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function Fe(){try{e.texImage3D(...arguments)}catch(e){vt(`WebGLState:`,e)}}function I(t){return d[t]===void 0?e.getParameter(t):d[t]}function Ie(t,n){d[t]!==n&&(e.pixelStorei(t,n),d[t]=n)}function Le(t){N.equals(t)===!1&&(e.scissor(t.x,t.y,t.z,t.w),N.copy(t))}function L(t){ce.equals(t)===!1&&(e.viewport(t.x,t.y,t.z,t.w),ce.copy(t))}function Re(t,n){let r=l.get(n);r===void 0&&(r=new WeakMap,l.set(n,r));let i=r.get(t);i===void 0&&(i=e.getUniformBlockIndex(n,t.name),e.uniformBlockBinding(n,i,i),r.set(t,i))}function R(t,n,r){let i=l.get(n).get(t);c[i]!==r&&(e.bindBufferBase(e.UNIFORM_BUFFER,i,r),c[i]=r)}function ze(){e.disable(e.BLEND),e.disable(e.CULL_FACE),e.disable(e.DEPTH_TEST),e.disable(e.POLYGON_OFFSET_FILL),e.disable(e.SCISSOR_TEST),e.disable(e.STENCIL_TEST),e.disable(e.SAMPLE_ALPHA_TO_COVERAGE),e.blendEquation(e.FUNC_ADD),e.blendFunc(e.ONE,e.ZERO),e.blendFuncSeparate(e.ONE,e.ZERO,e.ONE,e.ZERO),e.blendColor(0,0,0,0),e.colorMask(!0,!0,!0,!0),e.clearColor(0,0,0,0),e.depthMask(!0),e.depthFunc(e.LESS),o.setReversed(!1),e.clearDepth(1),e.stencilMask(4294967295),e.stencilFunc(e.ALWAYS,0,4294967295),e.stencilOp(e.KEEP,e.KEEP,e.KEEP),e.clearStencil(0),e.cullFace(e.BACK),e.frontFace(e.CCW),e.polygonOffset(0,0),e.activeTexture(e.TEXTURE0),e.bindFramebuffer(e.FRAMEBUFFER,null),e.bindFramebuffer(e.DRAW_FRAMEBUFFER,null),e.bindFramebuffer(e.READ_FRAMEBUFFER,null),e.useProgram(null),e.lineWidth(1),e.scissor(0,0,e.canvas.width,e.canvas.height),e.viewport(0,0,e.canvas.width,e.canvas.height),e.pixelStorei(e.PACK_ALIGNMENT,4),e.pixelStorei(e.UNPACK_ALIGNMENT,4),e.pixelStorei(e.UNPACK_FLIP_Y_WEBGL,!1),e.pixelStorei(e.UNPACK_PREMULTIPLY_ALPHA_WEBGL,!1),e.pixelStorei(e.UNPACK_COLORSPACE_CONVERSION_WEBGL,e.BROWSER_DEFAULT_WEBGL),e.pixelStorei(e.PACK_ROW_LENGTH,0),e.pixelStorei(e.PACK_SKIP_PIXELS,0),e.pixelStorei(e.PACK_SKIP_ROWS,0),e.pixelStorei(e.UNPACK_ROW_LENGTH,0),e.pixelStorei(e.UNPACK_IMAGE_HEIGHT,0),e.pixelStorei(e.UNPACK_SKIP_PIXELS,0),e.pixelStorei(e.UNPACK_SKIP_ROWS,0),e.pixelStorei(e.UNPACK_SKIP_IMAGES,0),u={},d={},M=null,ae={},f={},c={},p=new WeakMap,m=[],h=null,g=!1,_=null,v=null,y=null,b=null,x=null,S=null,C=null,w=new z(0,0,0),T=0,E=!1,D=null,O=null,A=null,j=null,ee=null,N.set(0,0,e.canvas.width,e.canvas.height),ce.set(0,0,e.canvas.width,e.canvas.height),a.reset(),o.reset(),s.reset()}return{buffers:{color:a,depth:o,stencil:s},enable:de,disable:fe,bindFramebuffer:pe,drawBuffers:me,useProgram:he,setBlending:_e,setMaterial:ve,setFlipSided:ye,setCullFace:be,setLineWidth:xe,setPolygonOffset:Se,setScissorTest:Ce,activeTexture:we,bindTexture:Te,unbindTexture:Ee,compressedTexImage2D:De,compressedTexImage3D:Oe,texImage2D:Pe,texImage3D:Fe,pixelStorei:Ie,getParameter:I,updateUBOMapping:Re,uniformBlockBinding:R,texStorage2D:F,texStorage3D:Ne,texSubImage2D:ke,texSubImage3D:Ae,compressedTexSubImage2D:je,compressedTexSubImage3D:Me,scissor:Le,viewport:L,reset:ze}}function Ai(e,t,n,r,i,a,s){let c=t.has(`WEBGL_multisampled_render_to_texture`)?t.get(`WEBGL_multisampled_render_to_texture`):null,l=typeof navigator>`u`?!1:/OculusBrowser/g.test(navigator.userAgent),d=new tt,f=new WeakMap,p=new Set,h,g=new WeakMap,_=new Set,v=new FinalizationRegistry(e=>_.delete(e)),y=!1;try{y=typeof OffscreenCanvas<`u`&&new OffscreenCanvas(1,1).getContext(`2d`)!==null}catch{}function b(e,t){return y?new OffscreenCanvas(e,t):u(`canvas`)}function x(e,t,n){let r=1,i=Ie(e);if((i.width>n||i.height>n)&&(r=n/Math.max(i.width,i.height)),r<1){if(typeof HTMLImageElement<`u`&&e instanceof HTMLImageElement||typeof HTMLCanvasElement<`u`&&e instanceof HTMLCanvasElement||typeof ImageBitmap<`u`&&e instanceof ImageBitmap||typeof VideoFrame<`u`&&e instanceof VideoFrame){let n=Math.floor(r*i.width),a=Math.floor(r*i.height);h===void 0&&(h=b(n,a));let o=t?b(n,a):h;return o.width=n,o.height=a,o.getContext(`2d`).drawImage(e,0,0,n,a),V(`WebGLRenderer: Texture has been resized from (`+i.width+`x`+i.height+`) to (`+n+`x`+a+`).`),o}return`data`in e&&V(`WebGLRenderer: Image in DataTexture is too big (`+i.width+`x`+i.height+`).`),e}return e}function S(e){return e.generateMipmaps}function w(t){e.generateMipmap(t)}function T(t){return t.isWebGLCubeRenderTarget?e.TEXTURE_CUBE_MAP:t.isWebGL3DRenderTarget?e.TEXTURE_3D:t.isWebGLArrayRenderTarget||t.isCompressedArrayTexture?e.TEXTURE_2D_ARRAY:e.TEXTURE_2D}function E(n,r,i,a,o,s=!1){if(n!==null){if(e[n]!==void 0)return e[n];V(`WebGLRenderer: Attempt to use non-existing WebGL internal format '`+n+`'`)}let c;a&&(c=t.get(`EXT_texture_norm16`),c||V(`WebGLRenderer: Unable to use normalized textures without EXT_texture_norm16 extension`));let l=r;if(r===e.RED&&(i===e.FLOAT&&(l=e.R32F),i===e.HALF_FLOAT&&(l=e.R16F),i===e.UNSIGNED_BYTE&&(l=e.R8),i===e.UNSIGNED_SHORT&&c&&(l=c.R16_EXT),i===e.SHORT&&c&&(l=c.R16_SNORM_EXT)),r===e.RED_INTEGER&&(i===e.UNSIGNED_BYTE&&(l=e.R8UI),i===e.UNSIGNED_SHORT&&(l=e.R16UI),i===e.UNSIGNED_INT&&(l=e.R32UI),i===e.BYTE&&(l=e.R8I),i===e.SHORT&&(l=e.R16I),i===e.INT&&(l=e.R32I)),r===e.RG&&(i===e.FLOAT&&(l=e.RG32F),i===e.HALF_FLOAT&&(l=e.RG16F),i===e.UNSIGNED_BYTE&&(l=e.RG8),i===e.UNSIGNED_SHORT&&c&&(l=c.RG16_EXT),i===e.SHORT&&c&&(l=c.RG16_SNORM_EXT)),r===e.RG_INTEGER&&(i===e.UNSIGNED_BYTE&&(l=e.RG8UI),i===e.UNSIGNED_SHORT&&(l=e.RG16UI),i===e.UNSIGNED_INT&&(l=e.RG32UI),i===e.BYTE&&(l=e.RG8I),i===e.SHORT&&(l=e.RG16I),i===e.INT&&(l=e.RG32I)),r===e.RGB_INTEGER&&(i===e.UNSIGNED_BYTE&&(l=e.RGB8UI),i===e.UNSIGNED_SHORT&&(l=e.RGB16UI),i===e.UNSIGNED_INT&&(l=e.RGB32UI),i===e.BYTE&&(l=e.RGB8I),i===e.SHORT&&(l=e.RGB16I),i===e.INT&&(l=e.RGB32I)),r===e.RGBA_INTEGER&&(i===e.UNSIGNED_BYTE&&(l=e.RGBA8UI),i===e.UNSIGNED_SHORT&&(l=e.RGBA16UI),i===e.UNSIGNED_INT&&(l=e.RGBA32UI),i===e.BYTE&&(l=e.RGBA8I),i===e.SHORT&&(l=e.RGBA16I),i===e.INT&&(l=e.RGBA32I)),r===e.RGB&&(i===e.UNSIGNED_SHORT&&c&&(l=c.RGB16_EXT),i===e.SHORT&&c&&(l=c.RGB16_SNORM_EXT),i===e.UNSIGNED_INT_5_9_9_9_REV&&(l=e.RGB9_E5),i===e.UNSIGNED_INT_10F_11F_11F_REV&&(l=e.R11F_G11F_B10F)),r===e.RGBA){let t=s?ot:He.getTransfer(o);i===e.FLOAT&&(l=e.RGBA32F),i===e.HALF_FLOAT&&(l=e.RGBA16F),i===e.UNSIGNED_BYTE&&(l=t===`srgb`?e.SRGB8_ALPHA8:e.RGBA8),i===e.UNSIGNED_SHORT&&c&&(l=c.RGBA16_EXT),i===e.SHORT&&c&&(l=c.RGBA16_SNORM_EXT),i===e.UNSIGNED_SHORT_4_4_4_4&&(l=e.RGBA4),i===e.UNSIGNED_SHORT_5_5_5_1&&(l=e.RGB5_A1)}return(l===e.R16F||l===e.R32F||l===e.RG16F||l===e.RG32F||l===e.RGBA16F||l===e.RGBA32F)&&t.get(`EXT_color_buffer_float`),l}function D(t,n){let r;return t?n===null||n===1014||n===1020?r=e.DEPTH24_STENCIL8:n===1015?r=e.DEPTH32F_STENCIL8:n===1012&&(r=e.DEPTH24_STENCIL8,V(`DepthTexture: 16 bit depth attachment is not supported with stencil. Using 24-bit attachment.`)):n===null||n===1014||n===1020?r=e.DEPTH_COMPONENT24:n===1015?r=e.DEPTH_COMPONENT32F:n===1012&&(r=e.DEPTH_COMPONENT16),r}function O(e,t){return S(e)===!0||e.isFramebufferTexture&&e.minFilter!==1003&&e.minFilter!==1006?Math.log2(Math.max(t.width,t.height))+1:e.mipmaps.length>0?e.mipmaps.length:e.isCompressedTexture&&Array.isArray(e.image)?t.mipmaps.length:1}function k(e){let t=new WeakRef(e);r.get(e).__ref=t,_.add(t),v.register(e,t,t)}function A(e){let t=r.get(e).__ref;t!==void 0&&(_.delete(t),v.unregister(t))}function j(e){te(e.target)}function ee(e){re(e.target)}function te(e){e.removeEventListener(`dispose`,j),A(e),ae(e),e.isVideoTexture&&f.delete(e),e.isHTMLTexture&&p.delete(e)}function re(e){e.removeEventListener(`dispose`,ee),A(e),se(e)}function ie(){for(let e of _){let t=e.deref();t!==void 0&&(t.isRenderTarget===!0?re(t):te(t))}_.clear(),p.clear()}function ae(e){let t=r.get(e);if(t.__webglInit===void 0)return;let n=e.source,i=g.get(n);if(i){let r=i[t.__cacheKey];r.usedTimes--,r.usedTimes===0&&oe(e),Object.keys(i).length===0&&g.delete(n)}r.remove(e)}function oe(t){let n=r.get(t);e.deleteTexture(n.__webglTexture);let i=t.source,a=g.get(i);delete a[n.__cacheKey],s.memory.textures--}function se(t){let n=r.get(t);n.__depthDisposeCallback&&n.__depthDisposeCallback();let i=t.depthTexture;if(i&&i.renderTarget===t&&te(i),t.isWebGLCubeRenderTarget)for(let t=0;t<6;t++){if(Array.isArray(n.__webglFramebuffer[t]))for(let r=0;r<n.__webglFramebuffer[t].length;r++)e.deleteFramebuffer(n.__webglFramebuffer[t][r]);else e.deleteFramebuffer(n.__webglFramebuffer[t]);n.__webglDepthbuffer&&e.deleteRenderbuffer(n.__webglDepthbuffer[t])}else{if(Array.isArray(n.__webglFramebuffer))for(let t=0;t<n.__webglFramebuffer.length;t++)e.deleteFramebuffer(n.__webglFramebuffer[t]);else e.deleteFramebuffer(n.__webglFramebuffer);if(n.__webglDepthbuffer&&e.deleteRenderbuffer(n.__webglDepthbuffer),n.__webglMultisampledFramebuffer&&e.deleteFramebuffer(n.__webglMultisampledFramebuffer),n.__webglColorRenderbuffer)for(let t=0;t<n.__webglColorRenderbuffer.length;t++)n.__webglColorRenderbuffer[t]&&e.deleteRenderbuffer(n.__webglColorRenderbuffer[t]);n.__webglDepthRenderbuffer&&e.deleteRenderbuffer(n.__webglDepthRenderbuffer)}let a=t.textures;for(let t=0,n=a.length;t<n;t++){let n=r.get(a[t]);n.__webglTexture&&(e.deleteTexture(n.__webglTexture),s.memory.textures--),r.remove(a[t])}r.remove(t)}let N=0;function ce(){N=0}function le(){return N}function ue(e){N=e}function de(){let e=N;return e>=i.maxTextures&&V(`WebGLTextures: Trying to use `+(e+1)+` texture units while this GPU supports only `+i.maxTextures),N+=1,e}function fe(e){let t=[];return t.push(e.wrapS),t.push(e.wrapT),t.push(e.wrapR||0),t.push(e.magFilter),t.push(e.minFilter),t.push(e.anisotropy),t.push(e.internalFormat),t.push(e.format),t.push(e.type),t.push(e.generateMipmaps),t.push(e.mipmapsAutoUpdate),t.push(e.premultiplyAlpha),t.push(e.flipY),t.push(e.unpackAlignment),t.push(e.colorSpace),t.join()}function pe(t,i){let a=r.get(t);if(t.isVideoTexture&&Fe(t),t.isRenderTargetTexture===!1&&t.isExternalTexture!==!0&&t.version>0&&a.__version!==t.version){let e=t.image;if(e===null)V(`WebGLRenderer: Texture marked for update but no image data found.`);else if(e.complete===!1)V(`WebGLRenderer: Texture marked for update but image is incomplete`);else{Ce(a,t,i);return}}else t.isExternalTexture&&(a.__webglTexture=t.sourceTexture?t.sourceTexture:null);n.bindTexture(e.TEXTURE_2D,a.__webglTexture,e.TEXTURE0+i)}function me(t,i){let a=r.get(t);t.isRenderTargetTexture===!1&&t.version>0&&a.__version!==t.version?Ce(a,t,i):(t.isExternalTexture&&(a.__webglTexture=t.sourceTexture?t.sourceTexture:null),n.bindTexture(e.TEXTURE_2D_ARRAY,a.__webglTexture,e.TEXTURE0+i))}function he(t,i){let a=r.get(t);t.isRenderTargetTexture===!1&&t.version>0&&a.__version!==t.version?Ce(a,t,i):n.bindTexture(e.TEXTURE_3D,a.__webglTexture,e.TEXTURE0+i)}function P(t,i){let a=r.get(t);t.version>0&&a.__version!==t.version?we(a,t,i):n.bindTexture(e.TEXTURE_CUBE_MAP,a.__webglTexture,e.TEXTURE0+i)}let ge={[C]:e.REPEAT,[et]:e.CLAMP_TO_EDGE,[o]:e.MIRRORED_REPEAT},_e={[Je]:e.NEAREST,[M]:e.NEAREST_MIPMAP_NEAREST,[ne]:e.NEAREST_MIPMAP_LINEAR,[$e]:e.LINEAR,[R]:e.LINEAR_MIPMAP_NEAREST,[pt]:e.LINEAR_MIPMAP_LINEAR},ve={512:e.NEVER,519:e.ALWAYS,513:e.LESS,515:e.LEQUAL,514:e.EQUAL,518:e.GEQUAL,516:e.GREATER,517:e.NOTEQUAL};function ye(n,a){if(a.type===1015&&t.has(`OES_texture_float_linear`)===!1&&(a.magFilter===1006||a.magFilter===1007||a.magFilter===1005||a.magFilter===1008||a.minFilter===1006||a.minFilter===1007||a.minFilter===1005||a.minFilter===1008)&&V(`WebGLRenderer: Unable to use linear filtering with floating point textures. OES_texture_float_linear not supported on this device.`),e.texParameteri(n,e.TEXTURE_WRAP_S,ge[a.wrapS]),e.texParameteri(n,e.TEXTURE_WRAP_T,ge[a.wrapT]),(n===e.TEXTURE_3D||n===e.TEXTURE_2D_ARRAY)&&e.texParameteri(n,e.TEXTURE_WRAP_R,ge[a.wrapR]),e.texParameteri(n,e.TEXTURE_MAG_FILTER,_e[a.magFilter]),e.texParameteri(n,e.TEXTURE_MIN_FILTER,_e[a.minFilter]),a.compareFunction&&(e.texParameteri(n,e.TEXTURE_COMPARE_MODE,e.COMPARE_REF_TO_TEXTURE),e.texParameteri(n,e.TEXTURE_COMPARE_FUNC,ve[a.compareFunction])),t.has(`EXT_texture_filter_anisotropic`)===!0){if(a.magFilter===1003||a.minFilter!==1005&&a.minFilter!==1008||a.type===1015&&t.has(`OES_texture_float_linear`)===!1)return;if(a.anisotropy>1||r.get(a).__currentAnisotropy){let o=t.get(`EXT_texture_filter_anisotropic`);e.texParameterf(n,o.TEXTURE_MAX_ANISOTROPY_EXT,Math.min(a.anisotropy,i.getMaxAnisotropy())),r.get(a).__currentAnisotropy=a.anisotropy}}}function be(t,n){let r=!1;t.__webglInit===void 0&&(t.__webglInit=!0,n.addEventListener(`dispose`,j),k(n));let i=n.source,a=g.get(i);a===void 0&&(a={},g.set(i,a));let o=fe(n);if(o!==t.__cacheKey){a[o]===void 0&&(a[o]={texture:e.createTexture(),usedTimes:0},s.memory.textures++,r=!0),a[o].usedTimes++;let i=a[t.__cacheKey];i!==void 0&&(a[t.__cacheKey].usedTimes--,i.usedTimes===0&&oe(n)),t.__cacheKey=o,t.__webglTexture=a[o].texture}return r}function xe(e,t,n){return Math.floor(Math.floor(e/n)/t)}function Se(t,r,i,a){let o=t.updateRanges;if(o.length===0)n.texSubImage2D(e.TEXTURE_2D,0,0,0,r.width,r.height,i,a,r.data);else{o.sort((e,t)=>e.start-t.start);let s=0;for(let e=1;e<o.length;e++){let t=o[s],n=o[e],i=t.start+t.count,a=xe(n.start,r.width,4),c=xe(t.start,r.width,4);n.start<=i+1&&a===c&&xe(n.start+n.count-1,r.width,4)===a?t.count=Math.max(t.count,n.start+n.count-t.start):(++s,o[s]=n)}o.length=s+1;let c=n.getParameter(e.UNPACK_ROW_LENGTH),l=n.getParameter(e.UNPACK_SKIP_PIXELS),u=n.getParameter(e.UNPACK_SKIP_ROWS);n.pixelStorei(e.UNPACK_ROW_LENGTH,r.width);for(let t=0,s=o.length;t<s;t++){let s=o[t],c=Math.floor(s.start/4),l=Math.ceil(s.count/4),u=c%r.width,d=Math.floor(c/r.width),f=l;n.pixelStorei(e.UNPACK_SKIP_PIXELS,u),n.pixelStorei(e.UNPACK_SKIP_ROWS,d),n.texSubImage2D(e.TEXTURE_2D,0,u,d,f,1,i,a,r.data)}t.clearUpdateRanges(),n.pixelStorei(e.UNPACK_ROW_LENGTH,c),n.pixelStorei(e.UNPACK_SKIP_PIXELS,l),n.pixelStorei(e.UNPACK_SKIP_ROWS,u)}}function Ce(t,o,s){let c=e.TEXTURE_2D;(o.isDataArrayTexture||o.isCompressedArrayTexture)&&(c=e.TEXTURE_2D_ARRAY),o.isData3DTexture&&(c=e.TEXTURE_3D);let l=be(t,o),u=o.source;n.bindTexture(c,t.__webglTexture,e.TEXTURE0+s);let d=r.get(u);if(u.version!==d.__version||l===!0){if(n.activeTexture(e.TEXTURE0+s),!(typeof ImageBitmap<`u`&&o.image instanceof ImageBitmap)){let t=He.getPrimaries(He.workingColorSpace),r=o.colorSpace===``?null:He.getPrimaries(o.colorSpace),i=o.colorSpace===``||t===r?e.NONE:e.BROWSER_DEFAULT_WEBGL;n.pixelStorei(e.UNPACK_FLIP_Y_WEBGL,o.flipY),n.pixelStorei(e.UNPACK_PREMULTIPLY_ALPHA_WEBGL,o.premultiplyAlpha),n.pixelStorei(e.UNPACK_COLORSPACE_CONVERSION_WEBGL,i)}n.pixelStorei(e.UNPACK_ALIGNMENT,o.unpackAlignment);let t=x(o.image,!1,i.maxTextureSize);t=I(o,t);let r=a.convert(o.format,o.colorSpace),f=a.convert(o.type),h=E(o.internalFormat,r,f,o.normalized,o.colorSpace,o.isVideoTexture);ye(c,o);let g,_=o.mipmaps,v=o.isVideoTexture!==!0,y=d.__version===void 0||l===!0,b=u.dataReady,C=O(o,t);if(o.isDepthTexture)h=D(o.format===Ye,o.type),y&&(v?n.texStorage2D(e.TEXTURE_2D,1,h,t.width,t.height):n.texImage2D(e.TEXTURE_2D,0,h,t.width,t.height,0,r,f,null));else if(o.isDataTexture){if(_.length>0){v&&y&&n.texStorage2D(e.TEXTURE_2D,C,h,_[0].width,_[0].height);for(let t=0,i=_.length;t<i;t++)g=_[t],v?b&&n.texSubImage2D(e.TEXTURE_2D,t,0,0,g.width,g.height,r,f,g.data):n.texImage2D(e.TEXTURE_2D,t,h,g.width,g.height,0,r,f,g.data);o.generateMipmaps=!1}else v?(y&&n.texStorage2D(e.TEXTURE_2D,C,h,t.width,t.height),b&&Se(o,t,r,f)):n.texImage2D(e.TEXTURE_2D,0,h,t.width,t.height,0,r,f,t.data)}else if(o.isCompressedTexture){if(o.isCompressedArrayTexture){v&&y&&n.texStorage3D(e.TEXTURE_2D_ARRAY,C,h,_[0].width,_[0].height,t.depth);for(let i=0,a=_.length;i<a;i++)if(g=_[i],o.format!==1023){if(r!==null){if(v){if(b){if(o.layerUpdates.size>0){let t=m(g.width,g.height,o.format,o.type);for(let a of o.layerUpdates){let o=g.data.subarray(a*t/g.data.BYTES_PER_ELEMENT,(a+1)*t/g.data.BYTES_PER_ELEMENT);n.compressedTexSubImage3D(e.TEXTURE_2D_ARRAY,i,0,0,a,g.width,g.height,1,r,o)}}else n.compressedTexSubImage3D(e.TEXTURE_2D_ARRAY,i,0,0,0,g.width,g.height,t.depth,r,g.data)}}else n.compressedTexImage3D(e.TEXTURE_2D_ARRAY,i,h,g.width,g.height,t.depth,0,g.data,0,0)}else V(`WebGLRenderer: Attempt to load unsupported compressed texture format in .uploadTexture()`)}else v?b&&n.texSubImage3D(e.TEXTURE_2D_ARRAY,i,0,0,0,g.width,g.height,t.depth,r,f,g.data):n.texImage3D(e.TEXTURE_2D_ARRAY,i,h,g.width,g.height,t.depth,0,r,f,g.data);o.layerUpdates.size>0&&o.clearLayerUpdates()}else{v&&y&&n.texStorage2D(e.TEXTURE_2D,C,h,_[0].width,_[0].height);for(let t=0,i=_.length;t<i;t++)g=_[t],o.format===1023?v?b&&n.texSubImage2D(e.TEXTURE_2D,t,0,0,g.width,g.height,r,f,g.data):n.texImage2D(e.TEXTURE_2D,t,h,g.width,g.height,0,r,f,g.data):r===null?V(`WebGLRenderer: Attempt to load unsupported compressed texture format in .uploadTexture()`):v?b&&n.compressedTexSubImage2D(e.TEXTURE_2D,t,0,0,g.width,g.height,r,g.data):n.compressedTexImage2D(e.TEXTURE_2D,t,h,g.width,g.height,0,g.data)}}else if(o.isDataArrayTexture){if(v){if(y&&n.texStorage3D(e.TEXTURE_2D_ARRAY,C,h,t.width,t.height,t.depth),b){if(o.layerUpdates.size>0){let i=m(t.width,t.height,o.format,o.type);for(let a of o.layerUpdates){let o=t.data.subarray(a*i/t.data.BYTES_PER_ELEMENT,(a+1)*i/t.data.BYTES_PER_ELEMENT);n.texSubImage3D(e.TEXTURE_2D_ARRAY,0,0,0,a,t.width,t.height,1,r,f,o)}o.clearLayerUpdates()}else n.texSubImage3D(e.TEXTURE_2D_ARRAY,0,0,0,0,t.width,t.height,t.depth,r,f,t.data)}}else n.texImage3D(e.TEXTURE_2D_ARRAY,0,h,t.width,t.height,t.depth,0,r,f,t.data)}else if(o.isData3DTexture)v?(y&&n.texStorage3D(e.TEXTURE_3D,C,h,t.width,t.height,t.depth),b&&n.texSubImage3D(e.TEXTURE_3D,0,0,0,0,t.width,t.height,t.depth,r,f,t.data)):n.texImage3D(e.TEXTURE_3D,0,h,t.width,t.height,t.depth,0,r,f,t.data);else if(o.isFramebufferTexture){if(y){if(v)n.texStorage2D(e.TEXTURE_2D,C,h,t.width,t.height);else{let i=t.width,a=t.height;for(let t=0;t<C;t++)n.texImage2D(e.TEXTURE_2D,t,h,i,a,0,r,f,null),i>>=1,a>>=1}}}else if(o.isHTMLTexture){if(`texElementImage2D`in e){let n=e.canvas;if(n.hasAttribute(`layoutsubtree`)||n.setAttribute(`layoutsubtree`,`true`),t.parentNode!==n){n.appendChild(t),p.add(o),n.onpaint=e=>{let t=e.changedElements;for(let e of p)t.includes(e.image)&&(e.needsUpdate=!0)},n.requestPaint();return}if(e.texElementImage2D.length===3)e.texElementImage2D(e.TEXTURE_2D,e.RGBA8,t);else{let n=e.RGBA,r=e.RGBA,i=e.UNSIGNED_BYTE;e.texElementImage2D(e.TEXTURE_2D,0,n,r,i,t)}e.texParameteri(e.TEXTURE_2D,e.TEXTURE_MIN_FILTER,e.LINEAR),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_WRAP_S,e.CLAMP_TO_EDGE),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_WRAP_T,e.CLAMP_TO_EDGE)}}else if(_.length>0){if(v&&y){let t=Ie(_[0]);n.texStorage2D(e.TEXTURE_2D,C,h,t.width,t.height)}for(let t=0,i=_.length;t<i;t++)g=_[t],v?b&&n.texSubImage2D(e.TEXTURE_2D,t,0,0,r,f,g):n.texImage2D(e.TEXTURE_2D,t,h,r,f,g);o.generateMipmaps=!1}else if(v){if(y){let r=Ie(t);n.texStorage2D(e.TEXTURE_2D,C,h,r.width,r.height)}b&&n.texSubImage2D(e.TEXTURE_2D,0,0,0,r,f,t)}else n.texImage2D(e.TEXTURE_2D,0,h,r,f,t);S(o)&&o.mipmapsAutoUpdate===!0&&w(c),d.__version=u.version,o.onUpdate&&o.onUpdate(o)}t.__version=o.version}function we(t,o,s){if(o.image.length!==6)return;let c=be(t,o),l=o.source;n.bindTexture(e.TEXTURE_CUBE_MAP,t.__webglTexture,e.TEXTURE0+s);let u=r.get(l);if(l.version!==u.__version||c===!0){n.activeTexture(e.TEXTURE0+s);let t=He.getPrimaries(He.workingColorSpace),r=o.colorSpace===``?null:He.getPrimaries(o.colorSpace),d=o.colorSpace===``||t===r?e.NONE:e.BROWSER_DEFAULT_WEBGL;n.pixelStorei(e.UNPACK_FLIP_Y_WEBGL,o.flipY),n.pixelStorei(e.UNPACK_PREMULTIPLY_ALPHA_WEBGL,o.premultiplyAlpha),n.pixelStorei(e.UNPACK_ALIGNMENT,o.unpackAlignment),n.pixelStorei(e.UNPACK_COLORSPACE_CONVERSION_WEBGL,d);let f=o.isCompressedTexture||o.image[0].isCompressedTexture,p=o.image[0]&&o.image[0].isDataTexture,m=[];for(let e=0;e<6;e++)!f&&!p?m[e]=x(o.image[e],!0,i.maxCubemapSize):m[e]=p?o.image[e].image:o.image[e],m[e]=I(o,m[e]);let h=m[0],g=a.convert(o.format,o.colorSpace),_=a.convert(o.type),v=E(o.internalFormat,g,_,o.normalized,o.colorSpace),y=o.isVideoTexture!==!0,b=u.__version===void 0||c===!0,C=l.dataReady,T=O(o,h);ye(e.TEXTURE_CUBE_MAP,o);let k;if(o.isDepthTexture){if(v=D(o.format===Ye,o.type),b){if(y)n.texStorage2D(e.TEXTURE_CUBE_MAP,1,v,h.width,h.height);else for(let t=0;t<6;t++)n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,0,v,h.width,h.height,0,g,_,null)}}else if(f){y&&b&&n.texStorage2D(e.TEXTURE_CUBE_MAP,T,v,h.width,h.height);for(let t=0;t<6;t++){k=m[t].mipmaps;for(let r=0;r<k.length;r++){let i=k[r];o.format===1023?y?C&&n.texSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r,0,0,i.width,i.height,g,_,i.data):n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r,v,i.width,i.height,0,g,_,i.data):g===null?V(`WebGLRenderer: Attempt to load unsupported compressed texture format in .setTextureCube()`):y?C&&n.compressedTexSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r,0,0,i.width,i.height,g,i.data):n.compressedTexImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r,v,i.width,i.height,0,i.data)}}}else{if(k=o.mipmaps,y&&b){k.length>0&&T++;let t=Ie(m[0]);n.texStorage2D(e.TEXTURE_CUBE_MAP,T,v,t.width,t.height)}for(let t=0;t<6;t++)if(p){y?C&&n.texSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,0,0,0,m[t].width,m[t].height,g,_,m[t].data):n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,0,v,m[t].width,m[t].height,0,g,_,m[t].data);for(let r=0;r<k.length;r++){let i=k[r].image[t].image;y?C&&n.texSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r+1,0,0,i.width,i.height,g,_,i.data):n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r+1,v,i.width,i.height,0,g,_,i.data)}}else{y?C&&n.texSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,0,0,0,g,_,m[t]):n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,0,v,g,_,m[t]);for(let r=0;r<k.length;r++){let i=k[r];y?C&&n.texSubImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r+1,0,0,g,_,i.image[t]):n.texImage2D(e.TEXTURE_CUBE_MAP_POSITIVE_X+t,r+1,v,g,_,i.image[t])}}}S(o)&&o.mipmapsAutoUpdate===!0&&w(e.TEXTURE_CUBE_MAP),u.__version=l.version,o.onUpdate&&o.onUpdate(o)}t.__version=o.version}function Te(t,i,o,s,l,u){let d=a.convert(o.format,o.colorSpace),f=a.convert(o.type),p=E(o.internalFormat,d,f,o.normalized,o.colorSpace),m=r.get(i),h=r.get(o);if(h.__renderTarget=i,!m.__hasExternalTextures){let t=Math.max(1,i.width>>u),r=Math.max(1,i.height>>u);l===e.TEXTURE_3D||l===e.TEXTURE_2D_ARRAY?n.texImage3D(l,u,p,t,r,i.depth,0,d,f,null):n.texImage2D(l,u,p,t,r,0,d,f,null)}n.bindFramebuffer(e.FRAMEBUFFER,t),Pe(i)?c.framebufferTexture2DMultisampleEXT(e.FRAMEBUFFER,s,l,h.__webglTexture,0,Ne(i)):(l===e.TEXTURE_2D||l>=e.TEXTURE_CUBE_MAP_POSITIVE_X&&l<=e.TEXTURE_CUBE_MAP_NEGATIVE_Z)&&e.framebufferTexture2D(e.FRAMEBUFFER,s,l,h.__webglTexture,u),n.bindFramebuffer(e.FRAMEBUFFER,null)}function Ee(t,n,r){if(e.bindRenderbuffer(e.RENDERBUFFER,t),n.depthBuffer){let i=n.depthTexture,a=i&&i.isDepthTexture?i.type:null,o=D(n.stencilBuffer,a),s=n.stencilBuffer?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT;Pe(n)?c.renderbufferStorageMultisampleEXT(e.RENDERBUFFER,Ne(n),o,n.width,n.height):r?e.renderbufferStorageMultisample(e.RENDERBUFFER,Ne(n),o,n.width,n.height):e.renderbufferStorage(e.RENDERBUFFER,o,n.width,n.height),e.framebufferRenderbuffer(e.FRAMEBUFFER,s,e.RENDERBUFFER,t)}else{let t=n.textures;for(let i=0;i<t.length;i++){let o=t[i],s=a.convert(o.format,o.colorSpace),l=a.convert(o.type),u=E(o.internalFormat,s,l,o.normalized,o.colorSpace);Pe(n)?c.renderbufferStorageMultisampleEXT(e.RENDERBUFFER,Ne(n),u,n.width,n.height):r?e.renderbufferStorageMultisample(e.RENDERBUFFER,Ne(n),u,n.width,n.height):e.renderbufferStorage(e.RENDERBUFFER,u,n.width,n.height)}}e.bindRenderbuffer(e.RENDERBUFFER,null)}function De(t,i,a){let o=i.isWebGLCubeRenderTarget===!0;if(n.bindFramebuffer(e.FRAMEBUFFER,t),!(i.depthTexture&&i.depthTexture.isDepthTexture))throw Error(`THREE.WebGLTextures: renderTarget.depthTexture must be an instance of THREE.DepthTexture.`);let s=r.get(i.depthTexture);s.__renderTarget=i;let l=o?i.depthTexture.image[0]:i.depthTexture.image;s.__webglTexture&&l.width===i.width&&l.height===i.height||(l.width=i.width,l.height=i.height,i.depthTexture.needsUpdate=!0),o?P(i.depthTexture,0):pe(i.depthTexture,0);let u=s.__webglTexture,d=Ne(i),f=o?e.TEXTURE_CUBE_MAP_POSITIVE_X+a:e.TEXTURE_2D,p=i.depthTexture.format===1027?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT;if(i.depthTexture.format===1026)Pe(i)?c.framebufferTexture2DMultisampleEXT(e.FRAMEBUFFER,p,f,u,0,d):e.framebufferTexture2D(e.FRAMEBUFFER,p,f,u,0);else if(i.depthTexture.format===1027)Pe(i)?c.framebufferTexture2DMultisampleEXT(e.FRAMEBUFFER,p,f,u,0,d):e.framebufferTexture2D(e.FRAMEBUFFER,p,f,u,0);else throw Error(`THREE.WebGLTextures: Unknown depthTexture format.`)}function Oe(t){let i=r.get(t),a=t.isWebGLCubeRenderTarget===!0;if(i.__boundDepthTexture!==t.depthTexture){let e=t.depthTexture;if(i.__depthDisposeCallback&&i.__depthDisposeCallback(),e){let t=()=>{delete i.__boundDepthTexture,delete i.__depthDisposeCallback,e.removeEventListener(`dispose`,t)};e.addEventListener(`dispose`,t),i.__depthDisposeCallback=t}i.__boundDepthTexture=e}if(t.depthTexture&&!i.__autoAllocateDepthBuffer){if(a)for(let e=0;e<6;e++)De(i.__webglFramebuffer[e],t,e);else t.texture.mipmaps.length>0?De(i.__webglFramebuffer[0],t,0):De(i.__webglFramebuffer,t,0)}else if(a){i.__webglDepthbuffer=[];for(let r=0;r<6;r++)if(n.bindFramebuffer(e.FRAMEBUFFER,i.__webglFramebuffer[r]),i.__webglDepthbuffer[r]===void 0)i.__webglDepthbuffer[r]=e.createRenderbuffer(),Ee(i.__webglDepthbuffer[r],t,!1);else{let n=t.stencilBuffer?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT,a=i.__webglDepthbuffer[r];e.bindRenderbuffer(e.RENDERBUFFER,a),e.framebufferRenderbuffer(e.FRAMEBUFFER,n,e.RENDERBUFFER,a)}}else if(t.texture.mipmaps.length>0?n.bindFramebuffer(e.FRAMEBUFFER,i.__webglFramebuffer[0]):n.bindFramebuffer(e.FRAMEBUFFER,i.__webglFramebuffer),i.__webglDepthbuffer===void 0)i.__webglDepthbuffer=e.createRenderbuffer(),Ee(i.__webglDepthbuffer,t,!1);else{let n=t.stencilBuffer?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT,r=i.__webglDepthbuffer;e.bindRenderbuffer(e.RENDERBUFFER,r),e.framebufferRenderbuffer(e.FRAMEBUFFER,n,e.RENDERBUFFER,r)}n.bindFramebuffer(e.FRAMEBUFFER,null)}function ke(t,n,i){let a=r.get(t);n!==void 0&&Te(a.__webglFramebuffer,t,t.texture,e.COLOR_ATTACHMENT0,e.TEXTURE_2D,0),i!==void 0&&Oe(t)}function Ae(t){let i=t.texture,o=r.get(t),c=r.get(i);t.addEventListener(`dispose`,ee),k(t);let l=t.textures,u=t.isWebGLCubeRenderTarget===!0,d=l.length>1;if(d||(c.__webglTexture===void 0&&(c.__webglTexture=e.createTexture()),c.__version=i.version,s.memory.textures++),u){o.__webglFramebuffer=[];for(let t=0;t<6;t++)if(i.mipmaps.length>0){o.__webglFramebuffer[t]=[];for(let n=0;n<i.mipmaps.length;n++)o.__webglFramebuffer[t][n]=e.createFramebuffer()}else o.__webglFramebuffer[t]=e.createFramebuffer()}else{if(i.mipmaps.length>0){o.__webglFramebuffer=[];for(let t=0;t<i.mipmaps.length;t++)o.__webglFramebuffer[t]=e.createFramebuffer()}else o.__webglFramebuffer=e.createFramebuffer();if(d)for(let t=0,n=l.length;t<n;t++){let n=r.get(l[t]);n.__webglTexture===void 0&&(n.__webglTexture=e.createTexture(),s.memory.textures++)}if(t.samples>0&&Pe(t)===!1){o.__webglMultisampledFramebuffer=e.createFramebuffer(),o.__webglColorRenderbuffer=[],n.bindFramebuffer(e.FRAMEBUFFER,o.__webglMultisampledFramebuffer);for(let n=0;n<l.length;n++){let r=l[n];o.__webglColorRenderbuffer[n]=e.createRenderbuffer(),e.bindRenderbuffer(e.RENDERBUFFER,o.__webglColorRenderbuffer[n]);let i=a.convert(r.format,r.colorSpace),s=a.convert(r.type),c=E(r.internalFormat,i,s,r.normalized,r.colorSpace,t.isXRRenderTarget===!0),u=Ne(t);e.renderbufferStorageMultisample(e.RENDERBUFFER,u,c,t.width,t.height),e.framebufferRenderbuffer(e.FRAMEBUFFER,e.COLOR_ATTACHMENT0+n,e.RENDERBUFFER,o.__webglColorRenderbuffer[n])}e.bindRenderbuffer(e.RENDERBUFFER,null),t.depthBuffer&&(o.__webglDepthRenderbuffer=e.createRenderbuffer(),Ee(o.__webglDepthRenderbuffer,t,!0)),n.bindFramebuffer(e.FRAMEBUFFER,null)}}if(u){n.bindTexture(e.TEXTURE_CUBE_MAP,c.__webglTexture),ye(e.TEXTURE_CUBE_MAP,i);for(let n=0;n<6;n++)if(i.mipmaps.length>0)for(let r=0;r<i.mipmaps.length;r++)Te(o.__webglFramebuffer[n][r],t,i,e.COLOR_ATTACHMENT0,e.TEXTURE_CUBE_MAP_POSITIVE_X+n,r);else Te(o.__webglFramebuffer[n],t,i,e.COLOR_ATTACHMENT0,e.TEXTURE_CUBE_MAP_POSITIVE_X+n,0);S(i)?w(e.TEXTURE_CUBE_MAP):i.mipmaps.length>0&&e.texParameteri(e.TEXTURE_CUBE_MAP,e.TEXTURE_MAX_LEVEL,i.mipmaps.length-1),n.unbindTexture()}else if(d){for(let i=0,a=l.length;i<a;i++){let a=l[i],s=r.get(a),c=e.TEXTURE_2D;(t.isWebGL3DRenderTarget||t.isWebGLArrayRenderTarget)&&(c=t.isWebGL3DRenderTarget?e.TEXTURE_3D:e.TEXTURE_2D_ARRAY),n.bindTexture(c,s.__webglTexture),ye(c,a),Te(o.__webglFramebuffer,t,a,e.COLOR_ATTACHMENT0+i,c,0),S(a)&&w(c)}n.unbindTexture()}else{let r=e.TEXTURE_2D;if((t.isWebGL3DRenderTarget||t.isWebGLArrayRenderTarget)&&(r=t.isWebGL3DRenderTarget?e.TEXTURE_3D:e.TEXTURE_2D_ARRAY),n.bindTexture(r,c.__webglTexture),ye(r,i),i.mipmaps.length>0)for(let n=0;n<i.mipmaps.length;n++)Te(o.__webglFramebuffer[n],t,i,e.COLOR_ATTACHMENT0,r,n);else Te(o.__webglFramebuffer,t,i,e.COLOR_ATTACHMENT0,r,0);S(i)?w(r):i.mipmaps.length>0&&e.texParameteri(r,e.TEXTURE_MAX_LEVEL,i.mipmaps.length-1),n.unbindTexture()}t.depthBuffer&&Oe(t)}function je(e){let t=e.textures;for(let i=0,a=t.length;i<a;i++){let a=t[i];if(S(a)&&a.mipmapsAutoUpdate===!0){let t=T(e),i=r.get(a).__webglTexture;n.bindTexture(t,i),w(t),n.unbindTexture()}}}let Me=[];function F(t){if(t.samples>0){if(Pe(t)===!1){let i=t.textures,a=t.width,o=t.height,s=e.COLOR_BUFFER_BIT,c=t.stencilBuffer?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT,u=r.get(t),d=i.length>1;if(d)for(let t=0;t<i.length;t++)n.bindFramebuffer(e.FRAMEBUFFER,u.__webglMultisampledFramebuffer),e.framebufferRenderbuffer(e.FRAMEBUFFER,e.COLOR_ATTACHMENT0+t,e.RENDERBUFFER,null),n.bindFramebuffer(e.FRAMEBUFFER,u.__webglFramebuffer),e.framebufferTexture2D(e.DRAW_FRAMEBUFFER,e.COLOR_ATTACHMENT0+t,e.TEXTURE_2D,null,0);n.bindFramebuffer(e.READ_FRAMEBUFFER,u.__webglMultisampledFramebuffer),t.texture.mipmaps.length>0?n.bindFramebuffer(e.DRAW_FRAMEBUFFER,u.__webglFramebuffer[0]):n.bindFramebuffer(e.DRAW_FRAMEBUFFER,u.__webglFramebuffer);for(let n=0;n<i.length;n++){if(t.resolveDepthBuffer&&(t.depthBuffer&&(s|=e.DEPTH_BUFFER_BIT),t.stencilBuffer&&t.resolveStencilBuffer&&(s|=e.STENCIL_BUFFER_BIT)),d){e.framebufferRenderbuffer(e.READ_FRAMEBUFFER,e.COLOR_ATTACHMENT0,e.RENDERBUFFER,u.__webglColorRenderbuffer[n]);let t=r.get(i[n]).__webglTexture;e.framebufferTexture2D(e.DRAW_FRAMEBUFFER,e.COLOR_ATTACHMENT0,e.TEXTURE_2D,t,0)}e.blitFramebuffer(0,0,a,o,0,0,a,o,s,e.NEAREST),l===!0&&(Me.length=0,Me.push(e.COLOR_ATTACHMENT0+n),t.depthBuffer&&t.storeMultisampledDepthBuffer===!1&&Me.push(c),e.invalidateFramebuffer(e.READ_FRAMEBUFFER,Me))}if(n.bindFramebuffer(e.READ_FRAMEBUFFER,null),n.bindFramebuffer(e.DRAW_FRAMEBUFFER,null),d)for(let t=0;t<i.length;t++){n.bindFramebuffer(e.FRAMEBUFFER,u.__webglMultisampledFramebuffer),e.framebufferRenderbuffer(e.FRAMEBUFFER,e.COLOR_ATTACHMENT0+t,e.RENDERBUFFER,u.__webglColorRenderbuffer[t]);let a=r.get(i[t]).__webglTexture;n.bindFramebuffer(e.FRAMEBUFFER,u.__webglFramebuffer),e.framebufferTexture2D(e.DRAW_FRAMEBUFFER,e.COLOR_ATTACHMENT0+t,e.TEXTURE_2D,a,0)}n.bindFramebuffer(e.DRAW_FRAMEBUFFER,u.__webglMultisampledFramebuffer)}else if(t.depthBuffer&&t.storeMultisampledDepthBuffer===!1&&l){let n=t.stencilBuffer?e.DEPTH_STENCIL_ATTACHMENT:e.DEPTH_ATTACHMENT;e.invalidateFramebuffer(e.DRAW_FRAMEBUFFER,[n])}}}function Ne(e){return Math.min(i.maxSamples,e.samples)}function Pe(e){let n=r.get(e);return e.samples>0&&t.has(`WEBGL_multisampled_render_to_texture`)===!0&&n.__useRenderToTexture!==!1}function Fe(e){let t=s.render.frame;f.get(e)!==t&&(f.set(e,t),e.update())}function I(e,t){let n=e.colorSpace,r=e.format,i=e.type;return e.isCompressedTexture===!0||e.isVideoTexture===!0||n!==`srgb-linear`&&n!==``&&(He.getTransfer(n)===`srgb`?(r!==1023||i!==1009)&&V(`WebGLTextures: sRGB encoded textures have to use RGBAFormat and UnsignedByteType.`):vt(`WebGLTextures: Unsupported texture color space:`,n)),t}function Ie(e){return typeof HTMLImageElement<`u`&&e instanceof HTMLImageElement?(d.width=e.naturalWidth||e.width,d.height=e.naturalHeight||e.height):typeof VideoFrame<`u`&&e instanceof VideoFrame?(d.width=e.displayWidth,d.height=e.displayHeight):(d.width=e.width,d.height=e.height),d}this.allocateTextureUnit=de,this.resetTextureUnits=ce,this.getTextureUnits=le,this.setTextureUnits=ue,this.setTexture2D=pe,this.setTexture2DArray=me,this.setTexture3D=he,this.setTextureCube=P,this.rebindTextures=ke,this.setupRenderTarget=Ae,this.updateRenderTargetMipmap=je,this.updateMultisampleRenderTarget=F,this.setupDepthRenderbuffer=Oe,this.setupFrameBufferTexture=Te,this.useMultisampledRTT=Pe,this.dispose=ie}function ji(e,t){function n(n,r=``){let i,a=He.getTransfer(r);if(n===1009)return e.UNSIGNED_BYTE;if(n===1017)return e.UNSIGNED_SHORT_4_4_4_4;if(n===1018)return e.UNSIGNED_SHORT_5_5_5_1;if(n===35902)return e.UNSIGNED_INT_5_9_9_9_REV;if(n===35899)return e.UNSIGNED_INT_10F_11F_11F_REV;if(n===1010)return e.BYTE;if(n===1011)return e.SHORT;if(n===1012)return e.UNSIGNED_SHORT;if(n===1013)return e.INT;if(n===1014)return e.UNSIGNED_INT;if(n===1015)return e.FLOAT;if(n===1016)return e.HALF_FLOAT;if(n===1021)return e.ALPHA;if(n===1022)return e.RGB;if(n===1023)return e.RGBA;if(n===1026)return e.DEPTH_COMPONENT;if(n===1027)return e.DEPTH_STENCIL;if(n===1028)return e.RED;if(n===1029)return e.RED_INTEGER;if(n===1030)return e.RG;if(n===1031)return e.RG_INTEGER;if(n===1033)return e.RGBA_INTEGER;if(n===33776||n===33777||n===33778||n===33779){if(a===`srgb`){if(i=t.get(`WEBGL_compressed_texture_s3tc_srgb`),i!==null){if(n===33776)return i.COMPRESSED_SRGB_S3TC_DXT1_EXT;if(n===33777)return i.COMPRESSED_SRGB_ALPHA_S3TC_DXT1_EXT;if(n===33778)return i.COMPRESSED_SRGB_ALPHA_S3TC_DXT3_EXT;if(n===33779)return i.COMPRESSED_SRGB_ALPHA_S3TC_DXT5_EXT}else return null}else if(i=t.get(`WEBGL_compressed_texture_s3tc`),i!==null){if(n===33776)return i.COMPRESSED_RGB_S3TC_DXT1_EXT;if(n===33777)return i.COMPRESSED_RGBA_S3TC_DXT1_EXT;if(n===33778)return i.COMPRESSED_RGBA_S3TC_DXT3_EXT;if(n===33779)return i.COMPRESSED_RGBA_S3TC_DXT5_EXT}else return null}if(n===35840||n===35841||n===35842||n===35843){if(i=t.get(`WEBGL_compressed_texture_pvrtc`),i!==null){if(n===35840)return i.COMPRESSED_RGB_PVRTC_4BPPV1_IMG;if(n===35841)return i.COMPRESSED_RGB_PVRTC_2BPPV1_IMG;if(n===35842)return i.COMPRESSED_RGBA_PVRTC_4BPPV1_IMG;if(n===35843)return i.COMPRESSED_RGBA_PVRTC_2BPPV1_IMG}else return null}if(n===36196||n===37492||n===37496||n===37488||n===37489||n===37490||n===37491){if(i=t.get(`WEBGL_compressed_texture_etc`),i!==null){if(n===36196||n===37492)return a===`srgb`?i.COMPRESSED_SRGB8_ETC2:i.COMPRESSED_RGB8_ETC2;if(n===37496)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ETC2_EAC:i.COMPRESSED_RGBA8_ETC2_EAC;if(n===37488)return i.COMPRESSED_R11_EAC;if(n===37489)return i.COMPRESSED_SIGNED_R11_EAC;if(n===37490)return i.COMPRESSED_RG11_EAC;if(n===37491)return i.COMPRESSED_SIGNED_RG11_EAC}else return null}if(n===37808||n===37809||n===37810||n===37811||n===37812||n===37813||n===37814||n===37815||n===37816||n===37817||n===37818||n===37819||n===37820||n===37821){if(i=t.get(`WEBGL_compressed_texture_astc`),i!==null){if(n===37808)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_4x4_KHR:i.COMPRESSED_RGBA_ASTC_4x4_KHR;if(n===37809)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_5x4_KHR:i.COMPRESSED_RGBA_ASTC_5x4_KHR;if(n===37810)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_5x5_KHR:i.COMPRESSED_RGBA_ASTC_5x5_KHR;if(n===37811)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_6x5_KHR:i.COMPRESSED_RGBA_ASTC_6x5_KHR;if(n===37812)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_6x6_KHR:i.COMPRESSED_RGBA_ASTC_6x6_KHR;if(n===37813)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_8x5_KHR:i.COMPRESSED_RGBA_ASTC_8x5_KHR;if(n===37814)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_8x6_KHR:i.COMPRESSED_RGBA_ASTC_8x6_KHR;if(n===37815)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_8x8_KHR:i.COMPRESSED_RGBA_ASTC_8x8_KHR;if(n===37816)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_10x5_KHR:i.COMPRESSED_RGBA_ASTC_10x5_KHR;if(n===37817)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_10x6_KHR:i.COMPRESSED_RGBA_ASTC_10x6_KHR;if(n===37818)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_10x8_KHR:i.COMPRESSED_RGBA_ASTC_10x8_KHR;if(n===37819)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_10x10_KHR:i.COMPRESSED_RGBA_ASTC_10x10_KHR;if(n===37820)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_12x10_KHR:i.COMPRESSED_RGBA_ASTC_12x10_KHR;if(n===37821)return a===`srgb`?i.COMPRESSED_SRGB8_ALPHA8_ASTC_12x12_KHR:i.COMPRESSED_RGBA_ASTC_12x12_KHR}else return null}if(n===36492||n===36494||n===36495){if(i=t.get(`EXT_texture_compression_bptc`),i!==null){if(n===36492)return a===`srgb`?i.COMPRESSED_SRGB_ALPHA_BPTC_UNORM_EXT:i.COMPRESSED_RGBA_BPTC_UNORM_EXT;if(n===36494)return i.COMPRESSED_RGB_BPTC_SIGNED_FLOAT_EXT;if(n===36495)return i.COMPRESSED_RGB_BPTC_UNSIGNED_FLOAT_EXT}else return null}if(n===36283||n===36284||n===36285||n===36286){if(i=t.get(`EXT_texture_compression_rgtc`),i!==null){if(n===36283)return i.COMPRESSED_RED_RGTC1_EXT;if(n===36284)return i.COMPRESSED_SIGNED_RED_RGTC1_EXT;if(n===36285)return i.COMPRESSED_RED_GREEN_RGTC2_EXT;if(n===36286)return i.COMPRESSED_SIGNED_RED_GREEN_RGTC2_EXT}else return null}return n===1020?e.UNSIGNED_INT_24_8:e[n]===void 0?null:e[n]}return{convert:n}}var Mi=`
void main() {

	gl_Position = vec4( position, 1.0 );

}`,Ni=`
uniform sampler2DArray depthColor;
uniform float depthWidth;
uniform float depthHeight;

void main() {

	vec2 coord = vec2( gl_FragCoord.x / depthWidth, gl_FragCoord.y / depthHeight );

	if ( coord.x >= 1.0 ) {

		gl_FragDepth = texture( depthColor, vec3( coord.x - 1.0, coord.y, 1 ) ).r;

	} else {

		gl_FragDepth = texture( depthColor, vec3( coord.x, coord.y, 0 ) ).r;

	}

}`,Pi=class{constructor(){this.texture=null,this.mesh=null,this.depthNear=0,this.depthFar=0}init(e,t){if(this.texture===null){let n=new ce(e.texture);(e.depthNear!==t.depthNear||e.depthFar!==t.depthFar)&&(this.depthNear=e.depthNear,this.depthFar=e.depthFar),this.texture=n}}getMesh(e){if(this.texture!==null&&this.mesh===null){let t=e.cameras[0].viewport,n=new y({vertexShader:Mi,fragmentShader:Ni,uniforms:{depthColor:{value:this.texture},depthWidth:{value:t.z},depthHeight:{value:t.w}}});this.mesh=new d(new Tt(20,20),n)}return this.mesh}reset(){this.texture=null,this.mesh=null}getDepthTexture(){return this.texture}},Fi=class extends re{constructor(e,t){super();let n=this,i=null,a=1,o=null,s=`local-floor`,c=1,l=null,u=null,d=null,f=null,p=null,m=null,h=typeof XRWebGLBinding<`u`,g=new Pi,_={},v=t.getContextAttributes(),y=null,b=null,x=[],S=[],C=new tt,w=null,T=null,E=new A;E.viewport=new Ue;let D=new A;D.viewport=new Ue;let O=[E,D],k=new Ne,j=null,ee=null;this.cameraAutoUpdate=!0,this.enabled=!1,this.isPresenting=!1,this.getController=function(e){let t=x[e];return t===void 0&&(t=new I,x[e]=t),t.getTargetRaySpace()},this.getControllerGrip=function(e){let t=x[e];return t===void 0&&(t=new I,x[e]=t),t.getGripSpace()},this.getHand=function(e){let t=x[e];return t===void 0&&(t=new I,x[e]=t),t.getHandSpace()};function te(e){let t=S.indexOf(e.inputSource);if(t===-1)return;let n=x[t];n!==void 0&&(n.update(e.inputSource,e.frame,l||o),n.dispatchEvent({type:e.type,data:e.inputSource}))}function ne(){i.removeEventListener(`select`,te),i.removeEventListener(`selectstart`,te),i.removeEventListener(`selectend`,te),i.removeEventListener(`squeeze`,te),i.removeEventListener(`squeezestart`,te),i.removeEventListener(`squeezeend`,te),i.removeEventListener(`end`,ne),i.removeEventListener(`inputsourceschange`,re);for(let e=0;e<x.length;e++){let t=S[e];t!==null&&(S[e]=null,x[e].disconnect(t))}j=null,ee=null,g.reset();for(let e in _)delete _[e];if(e.setRenderTarget(y),p=null,f=null,d=null,i=null,b=null,N.stop(),n.isPresenting=!1,e.setPixelRatio(w),e.setSize(C.width,C.height,!1),T!==null){let e=T.camera;e.fov=T.fov,e.zoom=T.zoom,e.updateProjectionMatrix(),T=null}n.dispatchEvent({type:`sessionend`})}this.setFramebufferScaleFactor=function(e){a=e,n.isPresenting===!0&&V(`WebXRManager: Cannot change framebuffer scale while presenting.`)},this.setReferenceSpaceType=function(e){s=e,n.isPresenting===!0&&V(`WebXRManager: Cannot change reference space type while presenting.`)},this.getReferenceSpace=function(){return l||o},this.setReferenceSpace=function(e){l=e},this.getBaseLayer=function(){return f===null?p:f},this.getBinding=function(){return d===null&&h&&(d=new XRWebGLBinding(i,t)),d},this.getFrame=function(){return m},this.getSession=function(){return i},this.setSession=async function(u){if(i=u,i!==null){if(y=e.getRenderTarget(),i.addEventListener(`select`,te),i.addEventListener(`selectstart`,te),i.addEventListener(`selectend`,te),i.addEventListener(`squeeze`,te),i.addEventListener(`squeezestart`,te),i.addEventListener(`squeezeend`,te),i.addEventListener(`end`,ne),i.addEventListener(`inputsourceschange`,re),v.xrCompatible!==!0&&await t.makeXRCompatible(),w=e.getPixelRatio(),e.getSize(C),h&&`createProjectionLayer`in XRWebGLBinding.prototype){let n=null,o=null,s=null;v.depth&&(s=v.stencil?t.DEPTH24_STENCIL8:t.DEPTH_COMPONENT24,n=v.stencil?Ye:ae,o=v.stencil?Le:ft);let c={colorFormat:t.RGBA8,depthFormat:s,scaleFactor:a};d=this.getBinding(),f=d.createProjectionLayer(c),i.updateRenderState({layers:[f]}),e.setPixelRatio(1),e.setSize(f.textureWidth,f.textureHeight,!1),b=new Ct(f.textureWidth,f.textureHeight,{format:je,type:rt,depthTexture:new r(f.textureWidth,f.textureHeight,o,void 0,void 0,void 0,void 0,void 0,void 0,n),stencilBuffer:v.stencil,colorSpace:e.outputColorSpace,samples:v.antialias?4:0,resolveDepthBuffer:f.ignoreDepthValues===!1,resolveStencilBuffer:f.ignoreDepthValues===!1,storeMultisampledDepthBuffer:f.ignoreDepthValues===!1,storeMultisampledStencilBuffer:f.ignoreDepthValues===!1})}else{let n={antialias:v.antialias,alpha:!0,depth:v.depth,stencil:v.stencil,framebufferScaleFactor:a};p=new XRWebGLLayer(i,t,n),i.updateRenderState({baseLayer:p}),e.setPixelRatio(1),e.setSize(p.framebufferWidth,p.framebufferHeight,!1),b=new Ct(p.framebufferWidth,p.framebufferHeight,{format:je,type:rt,colorSpace:e.outputColorSpace,stencilBuffer:v.stencil,resolveDepthBuffer:p.ignoreDepthValues===!1,resolveStencilBuffer:p.ignoreDepthValues===!1,storeMultisampledDepthBuffer:p.ignoreDepthValues===!1,storeMultisampledStencilBuffer:p.ignoreDepthValues===!1})}b.isXRRenderTarget=!0,this.setFoveation(c),l=null,o=await i.requestReferenceSpace(s),N.setContext(i),N.start(),n.isPresenting=!0,n.dispatchEvent({type:`sessionstart`})}},this.getEnvironmentBlendMode=function(){if(i!==null)return i.environmentBlendMode},this.getDepthTexture=function(){return g.getDepthTexture()};function re(e){for(let t=0;t<e.removed.length;t++){let n=e.removed[t],r=S.indexOf(n);r>=0&&(S[r]=null,x[r].disconnect(n))}for(let t=0;t<e.added.length;t++){let n=e.added[t],r=S.indexOf(n);if(r===-1){for(let e=0;e<x.length;e++)if(e>=S.length){S.push(n),r=e;break}else if(S[e]===null){S[e]=n,r=e;break}if(r===-1)break}let i=x[r];i&&i.connect(n)}}function ie(e,t){t===null?e.matrixWorld.copy(e.matrix):e.matrixWorld.multiplyMatrices(t.matrixWorld,e.matrix),e.matrixWorldInverse.copy(e.matrixWorld).invert()}this.updateCamera=function(e){if(i===null)return;let t=e.near,n=e.far;g.texture!==null&&(g.depthNear>0&&(t=g.depthNear),g.depthFar>0&&(n=g.depthFar)),k.near=D.near=E.near=t,k.far=D.far=E.far=n,(j!==k.near||ee!==k.far)&&(i.updateRenderState({depthNear:k.near,depthFar:k.far}),j=k.near,ee=k.far),k.layers.mask=e.layers.mask|6,E.layers.mask=k.layers.mask&-5,D.layers.mask=k.layers.mask&-3;let r=e.parent,a=k.cameras;ie(k,r);for(let e=0;e<a.length;e++)ie(a[e],r);k.projectionMatrix.copy(E.projectionMatrix),k.projectionMatrixInverse.copy(E.projectionMatrixInverse),T===null&&e.isPerspectiveCamera&&(T={camera:e,fov:e.fov,zoom:e.zoom}),M(e,k,r)};function M(e,t,n){n===null?e.matrix.copy(t.matrixWorld):(e.matrix.copy(n.matrixWorld),e.matrix.invert(),e.matrix.multiply(t.matrixWorld)),e.matrix.decompose(e.position,e.quaternion,e.scale),e.updateMatrixWorld(!0),e.projectionMatrix.copy(t.projectionMatrix),e.projectionMatrixInverse.copy(t.projectionMatrixInverse),e.isPerspectiveCamera&&(e.fov=ct*2*Math.atan(1/e.projectionMatrix.elements[5]),e.zoom=1)}this.getCamera=function(){return k},this.getFoveation=function(){if(f!==null||p!==null)return c},this.setFoveation=function(e){c=e,f!==null&&(f.fixedFoveation=e),p!==null&&p.fixedFoveation!==void 0&&(p.fixedFoveation=e)},this.hasDepthSensing=function(){return g.texture!==null},this.getDepthSensingMesh=function(){return g.getMesh(k)},this.getCameraTexture=function(e){return _[e]};let oe=null;function se(t,r){if(u=r.getViewerPose(l||o),m=r,u!==null){let t=u.views;p!==null&&(e.setRenderTargetFramebuffer(b,p.framebuffer),e.setRenderTarget(b));let r=!1;t.length!==k.cameras.length&&(k.cameras.length=0,r=!0);for(let n=0;n<t.length;n++){let i=t[n],a=null;if(p!==null)a=p.getViewport(i);else{let t=d.getViewSubImage(f,i);a=t.viewport,n===0&&(e.setRenderTargetTextures(b,t.colorTexture,t.depthStencilTexture),e.setRenderTarget(b))}let o=O[n];o===void 0&&(o=new A,o.layers.enable(n),o.viewport=new Ue,O[n]=o),o.matrix.fromArray(i.transform.matrix),o.matrix.decompose(o.position,o.quaternion,o.scale),o.projectionMatrix.fromArray(i.projectionMatrix),o.projectionMatrixInverse.copy(o.projectionMatrix).invert(),o.viewport.set(a.x,a.y,a.width,a.height),n===0&&(k.matrix.copy(o.matrix),k.matrix.decompose(k.position,k.quaternion,k.scale)),r===!0&&k.cameras.push(o)}let a=i.enabledFeatures;if(a&&a.includes(`depth-sensing`)&&i.depthUsage==`gpu-optimized`&&h){d=n.getBinding();let e=d.getDepthInformation(t[0]);e&&e.isValid&&e.texture&&g.init(e,i.renderState)}if(a&&a.includes(`camera-access`)&&h){e.state.unbindTexture(),d=n.getBinding();for(let e=0;e<t.length;e++){let n=t[e].camera;if(n){let e=_[n];e||(e=new ce,_[n]=e);let t=d.getCameraImage(n);e.sourceTexture=t}}}}for(let e=0;e<x.length;e++){let t=S[e],n=x[e];t!==null&&n!==void 0&&n.update(t,r,l||o)}oe&&oe(t,r),r.detectedPlanes&&n.dispatchEvent({type:`planesdetected`,data:r}),m=null}let N=new Nt;N.setAnimationLoop(se),this.setAnimationLoop=function(e){oe=e},this.dispose=function(){}}},Ii=new P,Li=new W;Li.set(-1,0,0,0,1,0,0,0,1);function Ri(e,t){function n(e,t){e.matrixAutoUpdate===!0&&e.updateMatrix(),t.value.copy(e.matrix)}function r(t,n){n.color.getRGB(t.fogColor.value,f(e)),n.isFog?(t.fogNear.value=n.near,t.fogFar.value=n.far):n.isFogExp2&&(t.fogDensity.value=n.density)}function i(e,t,n,r,i){t.isNodeMaterial?t.uniformsNeedUpdate=!1:t.isMeshBasicMaterial?a(e,t):t.isMeshLambertMaterial?(a(e,t),t.envMap&&(e.envMapIntensity.value=t.envMapIntensity)):t.isMeshToonMaterial?(a(e,t),d(e,t)):t.isMeshPhongMaterial?(a(e,t),u(e,t),t.envMap&&(e.envMapIntensity.value=t.envMapIntensity)):t.isMeshStandardMaterial?(a(e,t),p(e,t),t.isMeshPhysicalMaterial&&m(e,t,i)):t.isMeshMatcapMaterial?(a(e,t),h(e,t)):t.isMeshDepthMaterial?a(e,t):t.isMeshDistanceMaterial?(a(e,t),g(e,t)):t.isMeshNormalMaterial?a(e,t):t.isLineBasicMaterial?(o(e,t),t.isLineDashedMaterial&&s(e,t)):t.isPointsMaterial?c(e,t,n,r):t.isSpriteMaterial?l(e,t):t.isShadowMaterial?(e.color.value.copy(t.color),e.opacity.value=t.opacity):t.isShaderMaterial&&(t.uniformsNeedUpdate=!1)}function a(e,r){e.opacity.value=r.opacity,r.color&&e.diffuse.value.copy(r.color),r.emissive&&e.emissive.value.copy(r.emissive).multiplyScalar(r.emissiveIntensity),r.map&&(e.map.value=r.map,n(r.map,e.mapTransform)),r.alphaMap&&(e.alphaMap.value=r.alphaMap,n(r.alphaMap,e.alphaMapTransform)),r.bumpMap&&(e.bumpMap.value=r.bumpMap,n(r.bumpMap,e.bumpMapTransform),e.bumpScale.value=r.bumpScale,r.side===1&&(e.bumpScale.value*=-1)),r.normalMap&&(e.normalMap.value=r.normalMap,n(r.normalMap,e.normalMapTransform),e.normalScale.value.copy(r.normalScale),r.side===1&&e.normalScale.value.negate()),r.displacementMap&&(e.displacementMap.value=r.displacementMap,n(r.displacementMap,e.displacementMapTransform),e.displacementScale.value=r.displacementScale,e.displacementBias.value=r.displacementBias),r.emissiveMap&&(e.emissiveMap.value=r.emissiveMap,n(r.emissiveMap,e.emissiveMapTransform)),r.specularMap&&(e.specularMap.value=r.specularMap,n(r.specularMap,e.specularMapTransform)),r.alphaTest>0&&(e.alphaTest.value=r.alphaTest);let i=t.get(r),a=i.envMap,o=i.envMapRotation;a&&(e.envMap.value=a,e.envMapRotation.value.setFromMatrix4(Ii.makeRotationFromEuler(o)).transpose(),a.isCubeTexture&&a.isRenderTargetTexture===!1&&e.envMapRotation.value.premultiply(Li),e.reflectivity.value=r.reflectivity,e.ior.value=r.ior,e.refractionRatio.value=r.refractionRatio),r.lightMap&&(e.lightMap.value=r.lightMap,e.lightMapIntensity.value=r.lightMapIntensity,n(r.lightMap,e.lightMapTransform)),r.aoMap&&(e.aoMap.value=r.aoMap,e.aoMapIntensity.value=r.aoMapIntensity,n(r.aoMap,e.aoMapTransform))}function o(e,t){e.diffuse.value.copy(t.color),e.opacity.value=t.opacity,t.map&&(e.map.value=t.map,n(t.map,e.mapTransform))}function s(e,t){e.dashSize.value=t.dashSize,e.totalSize.value=t.dashSize+t.gapSize,e.scale.value=t.scale}function c(e,t,r,i){e.diffuse.value.copy(t.color),e.opacity.value=t.opacity,e.size.value=t.size*r,e.scale.value=i*.5,t.map&&(e.map.value=t.map,n(t.map,e.uvTransform)),t.alphaMap&&(e.alphaMap.value=t.alphaMap,n(t.alphaMap,e.alphaMapTransform)),t.alphaTest>0&&(e.alphaTest.value=t.alphaTest)}function l(e,t){e.diffuse.value.copy(t.color),e.opacity.value=t.opacity,e.rotation.value=t.rotation,t.map&&(e.map.value=t.map,n(t.map,e.mapTransform)),t.alphaMap&&(e.alphaMap.value=t.alphaMap,n(t.alphaMap,e.alphaMapTransform)),t.alphaTest>0&&(e.alphaTest.value=t.alphaTest)}function u(e,t){e.specular.value.copy(t.specular),e.shininess.value=Math.max(t.shininess,1e-4)}function d(e,t){t.gradientMap&&(e.gradientMap.value=t.gradientMap)}function p(e,t){e.metalness.value=t.metalness,t.metalnessMap&&(e.metalnessMap.value=t.metalnessMap,n(t.metalnessMap,e.metalnessMapTransform)),e.roughness.value=t.roughness,t.roughnessMap&&(e.roughnessMap.value=t.roughnessMap,n(t.roughnessMap,e.roughnessMapTransform)),t.envMap&&(e.envMapIntensity.value=t.envMapIntensity)}function m(e,t,r){e.ior.value=t.ior,t.diffuseRoughness>0&&(e.diffuseRoughness.value=t.diffuseRoughness,t.diffuseRoughnessMap&&(e.diffuseRoughnessMap.value=t.diffuseRoughnessMap,n(t.diffuseRoughnessMap,e.diffuseRoughnessMapTransform))),t.sheen>0&&(e.sheenColor.value.copy(t.sheenColor).multiplyScalar(t.sheen),e.sheenRoughness.value=t.sheenRoughness,t.sheenColorMap&&(e.sheenColorMap.value=t.sheenColorMap,n(t.sheenColorMap,e.sheenColorMapTransform)),t.sheenRoughnessMap&&(e.sheenRoughnessMap.value=t.sheenRoughnessMap,n(t.sheenRoughnessMap,e.sheenRoughnessMapTransform))),t.clearcoat>0&&(e.clearcoat.value=t.clearcoat,e.clearcoatRoughness.value=t.clearcoatRoughness,t.clearcoatMap&&(e.clearcoatMap.value=t.clearcoatMap,n(t.clearcoatMap,e.clearcoatMapTransform)),t.clearcoatRoughnessMap&&(e.clearcoatRoughnessMap.value=t.clearcoatRoughnessMap,n(t.clearcoatRoughnessMap,e.clearcoatRoughnessMapTransform)),t.clearcoatNormalMap&&(e.clearcoatNormalMap.value=t.clearcoatNormalMap,n(t.clearcoatNormalMap,e.clearcoatNormalMapTransform),e.clearcoatNormalScale.value.copy(t.clearcoatNormalScale),t.side===1&&e.clearcoatNormalScale.value.negate())),t.dispersion>0&&(e.dispersion.value=t.dispersion),t.retroreflectivity>0&&(e.retroreflectivity.value=t.retroreflectivity),t.iridescence>0&&(e.iridescence.value=t.iridescence,e.iridescenceIOR.value=t.iridescenceIOR,e.iridescenceThicknessMinimum.value=t.iridescenceThicknessMinimum,e.iridescenceThicknessMaximum.value=t.iridescenceThicknessMaximum,t.iridescenceMap&&(e.iridescenceMap.value=t.iridescenceMap,n(t.iridescenceMap,e.iridescenceMapTransform)),t.iridescenceThicknessMap&&(e.iridescenceThicknessMap.value=t.iridescenceThicknessMap,n(t.iridescenceThicknessMap,e.iridescenceThicknessMapTransform))),t.transmission>0&&(e.transmission.value=t.transmission,e.transmissionSamplerMap.value=r.texture,e.transmissionSamplerSize.value.set(r.width,r.height),t.transmissionMap&&(e.transmissionMap.value=t.transmissionMap,n(t.transmissionMap,e.transmissionMapTransform)),e.thickness.value=t.thickness,t.thicknessMap&&(e.thicknessMap.value=t.thicknessMap,n(t.thicknessMap,e.thicknessMapTransform)),e.attenuationDistance.value=t.attenuationDistance,e.attenuationColor.value.copy(t.attenuationColor)),t.anisotropy>0&&(e.anisotropyVector.value.set(t.anisotropy*Math.cos(t.anisotropyRotation),t.anisotropy*Math.sin(t.anisotropyRotation)),t.anisotropyMap&&(e.anisotropyMap.value=t.anisotropyMap,n(t.anisotropyMap,e.anisotropyMapTransform))),e.specularIntensity.value=t.specularIntensity,e.specularColor.value.copy(t.specularColor),t.specularColorMap&&(e.specularColorMap.value=t.specularColorMap,n(t.specularColorMap,e.specularColorMapTransform)),t.specularIntensityMap&&(e.specularIntensityMap.value=t.specularIntensityMap,n(t.specularIntensityMap,e.specularIntensityMapTransform))}function h(e,t){t.matcap&&(e.matcap.value=t.matcap)}function g(e,n){let r=t.get(n).light;e.referencePosition.value.setFromMatrixPosition(r.matrixWorld),e.nearDistance.value=r.shadow.camera.near,e.farDistance.value=r.shadow.camera.far}return{refreshFogUniforms:r,refreshMaterialUniforms:i}}function zi(e,t,n,r){let i={},a={};function o(e,t){let n=t.program;r.uniformBlockBinding(e,n,i[e.id])}function s(e,n){let o=i[e.id];o===void 0&&(m(e),o=c(e),i[e.id]=o,e.addEventListener(`dispose`,g));let s=n.program;r.updateUBOMapping(e,s);let u=t.render.frame;a[e.id]!==u&&(l(e),a[e.id]=u)}function c(t){let n=e.createBuffer(),r=t.__size,i=t.usage;return e.bindBuffer(e.UNIFORM_BUFFER,n),e.bufferData(e.UNIFORM_BUFFER,r,i),e.bindBuffer(e.UNIFORM_BUFFER,null),n}function l(t){let n=i[t.id],r=t.uniforms,a=t.__cache;e.bindBuffer(e.UNIFORM_BUFFER,n);for(let e=0,t=r.length;e<t;e++){let t=r[e];if(Array.isArray(t))for(let n=0,r=t.length;n<r;n++)u(t[n],e,n,a);else u(t,e,0,a)}e.bindBuffer(e.UNIFORM_BUFFER,null)}function u(t,n,r,i){if(f(t,n,r,i)===!0){let n=t.__offset,r=t.value;if(Array.isArray(r)){let e=0;for(let n=0;n<r.length;n++){let i=r[n],a=h(i,!0);d(i,t.__data,e),e+=a.storage/Float32Array.BYTES_PER_ELEMENT}}else d(r,t.__data,0);e.bufferSubData(e.UNIFORM_BUFFER,n,t.__data)}}function d(e,t,n){typeof e==`number`||typeof e==`boolean`?t[n]=e:e.isMatrix3?(t[n]=e.elements[0],t[n+1]=e.elements[1],t[n+2]=e.elements[2],t[n+3]=0,t[n+4]=e.elements[3],t[n+5]=e.elements[4],t[n+6]=e.elements[5],t[n+7]=0,t[n+8]=e.elements[6],t[n+9]=e.elements[7],t[n+10]=e.elements[8],t[n+11]=0):ArrayBuffer.isView(e)?t.set(e.subarray(0,t.length-n),n):e.toArray(t,n)}function f(e,t,n,r){let i=e.value,a=t+`_`+n;if(Array.isArray(i)){r[a]===void 0&&(r[a]=[]);let e=r[a],t=!1;for(let n=0;n<i.length;n++)p(i[n],e,n)===!0&&(t=!0);return t}return p(i,r,a)}function p(e,t,n){if(t[n]===void 0)return t[n]=typeof e==`number`||typeof e==`boolean`?e:ArrayBuffer.isView(e)?e.slice():e.clone(),!0;{let r=t[n];if(typeof e==`number`||typeof e==`boolean`){if(r!==e)return t[n]=e,!0}else if(ArrayBuffer.isView(e))return!0;else if(r.equals(e)===!1)return r.copy(e),!0}return!1}function m(e){let t=e.uniforms,n=0;for(let e=0,r=t.length;e<r;e++){let r=Array.isArray(t[e])?t[e]:[t[e]];for(let i=0,a=r.length;i<a;i++){let a=r[i],o=Array.isArray(a.value)?a.value:[a.value],s=Array.isArray(t[e])||Array.isArray(a.value),c=n;for(let e=0,t=o.length;e<t;e++){let t=o[e],r=h(t,s),i=n%16,a=i%r.boundary,l=i+a;n+=a,l!==0&&16-l<r.storage&&(n+=16-l),e===0&&(c=n),n+=r.storage}a.__data=new(a.type===`int`?Int32Array:a.type===`uint`?Uint32Array:Float32Array)((n-c)/Float32Array.BYTES_PER_ELEMENT),a.__offset=c}}let r=n%16;return r>0&&(n+=16-r),e.__size=n,e.__cache={},this}function h(e,t){let n={boundary:0,storage:0};return typeof e==`number`||typeof e==`boolean`?(n.boundary=4,n.storage=4):e.isVector2?(n.boundary=8,n.storage=8):e.isVector3||e.isColor?(n.boundary=16,n.storage=12):e.isVector4?(n.boundary=16,n.storage=16):e.isMatrix3?(n.boundary=16,n.storage=48):e.isMatrix4?(n.boundary=16,n.storage=64):e.isTexture?V(`WebGLRenderer: Texture samplers can not be part of an uniforms group.`):ArrayBuffer.isView(e)?(n.boundary=16,n.storage=e.byteLength):V(`WebGLRenderer: Unsupported uniform value type.`,e),t===!0&&(n.boundary=16,n.storage=Math.ceil(n.storage/16)*16),n}function g(t){let n=t.target;n.removeEventListener(`dispose`,g),e.deleteBuffer(i[n.id]),delete i[n.id],delete a[n.id]}function _(){for(let t in i)e.deleteBuffer(i[t]);i={},a={}}return{bind:o,update:s,dispose:_}}var Bi=new Uint16Array([12469,15057,12620,14925,13266,14620,13807,14376,14323,13990,14545,13625,14713,13328,14840,12882,14931,12528,14996,12233,15039,11829,15066,11525,15080,11295,15085,10976,15082,10705,15073,10495,13880,14564,13898,14542,13977,14430,14158,14124,14393,13732,14556,13410,14702,12996,14814,12596,14891,12291,14937,11834,14957,11489,14958,11194,14943,10803,14921,10506,14893,10278,14858,9960,14484,14039,14487,14025,14499,13941,14524,13740,14574,13468,14654,13106,14743,12678,14818,12344,14867,11893,14889,11509,14893,11180,14881,10751,14852,10428,14812,10128,14765,9754,14712,9466,14764,13480,14764,13475,14766,13440,14766,13347,14769,13070,14786,12713,14816,12387,14844,11957,14860,11549,14868,11215,14855,10751,14825,10403,14782,10044,14729,9651,14666,9352,14599,9029,14967,12835,14966,12831,14963,12804,14954,12723,14936,12564,14917,12347,14900,11958,14886,11569,14878,11247,14859,10765,14828,10401,14784,10011,14727,9600,14660,9289,14586,8893,14508,8533,15111,12234,15110,12234,15104,12216,15092,12156,15067,12010,15028,11776,14981,11500,14942,11205,14902,10752,14861,10393,14812,9991,14752,9570,14682,9252,14603,8808,14519,8445,14431,8145,15209,11449,15208,11451,15202,11451,15190,11438,15163,11384,15117,11274,15055,10979,14994,10648,14932,10343,14871,9936,14803,9532,14729,9218,14645,8742,14556,8381,14461,8020,14365,7603,15273,10603,15272,10607,15267,10619,15256,10631,15231,10614,15182,10535,15118,10389,15042,10167,14963,9787,14883,9447,14800,9115,14710,8665,14615,8318,14514,7911,14411,7507,14279,7198,15314,9675,15313,9683,15309,9712,15298,9759,15277,9797,15229,9773,15166,9668,15084,9487,14995,9274,14898,8910,14800,8539,14697,8234,14590,7790,14479,7409,14367,7067,14178,6621,15337,8619,15337,8631,15333,8677,15325,8769,15305,8871,15264,8940,15202,8909,15119,8775,15022,8565,14916,8328,14804,8009,14688,7614,14569,7287,14448,6888,14321,6483,14088,6171,15350,7402,15350,7419,15347,7480,15340,7613,15322,7804,15287,7973,15229,8057,15148,8012,15046,7846,14933,7611,14810,7357,14682,7069,14552,6656,14421,6316,14251,5948,14007,5528,15356,5942,15356,5977,15353,6119,15348,6294,15332,6551,15302,6824,15249,7044,15171,7122,15070,7050,14949,6861,14818,6611,14679,6349,14538,6067,14398,5651,14189,5311,13935,4958,15359,4123,15359,4153,15356,4296,15353,4646,15338,5160,15311,5508,15263,5829,15188,6042,15088,6094,14966,6001,14826,5796,14678,5543,14527,5287,14377,4985,14133,4586,13869,4257,15360,1563,15360,1642,15358,2076,15354,2636,15341,3350,15317,4019,15273,4429,15203,4732,15105,4911,14981,4932,14836,4818,14679,4621,14517,4386,14359,4156,14083,3795,13808,3437,15360,122,15360,137,15358,285,15355,636,15344,1274,15322,2177,15281,2765,15215,3223,15120,3451,14995,3569,14846,3567,14681,3466,14511,3305,14344,3121,14037,2800,13753,2467,15360,0,15360,1,15359,21,15355,89,15346,253,15325,479,15287,796,15225,1148,15133,1492,15008,1749,14856,1882,14685,1886,14506,1783,14324,1608,13996,1398,13702,1183]),Vi=null;function Hi(){return Vi===null&&(Vi=new ge(Bi,16,16,oe,ye),Vi.name=`DFG_LUT`,Vi.minFilter=$e,Vi.magFilter=$e,Vi.wrapS=et,Vi.wrapT=et,Vi.generateMipmaps=!1,Vi.needsUpdate=!0),Vi}var Ui=class{constructor(e={}){let{canvas:t=he(),context:n=null,depth:r=!0,stencil:i=!1,alpha:o=!1,antialias:c=!1,premultipliedAlpha:l=!0,preserveDrawingBuffer:u=!1,powerPreference:d=`default`,failIfMajorPerformanceCaveat:f=!1,reversedDepthBuffer:p=!1,outputBufferType:m=rt}=e;this.isWebGLRenderer=!0;let h;if(n!==null){if(typeof WebGLRenderingContext<`u`&&n instanceof WebGLRenderingContext)throw Error(`THREE.WebGLRenderer: WebGL 1 is not supported since r163.`);h=n.getContextAttributes().alpha}else h=o;let _=m,v=new Set([de,Xe,g]),y=new Set([rt,ft,at,Le,Re,Be]),b=new Uint32Array(4),S=new Int32Array(4),C={textures:[],min:[],max:[],resolution:[]},w=null,T=null,E=[],D=[],O=null;this.domElement=t,this.debug={checkShaderErrors:!0,diagnostics:{keywords:!1},onShaderError:null},this.autoClear=!0,this.autoClearColor=!0,this.autoClearDepth=!0,this.autoClearStencil=!0,this.sortObjects=!0,this.clippingPlanes=[],this.localClippingEnabled=!1,this.toneMapping=0,this.toneMappingExposure=1,this.transmissionResolutionScale=1;let k=this,A=!1,j=null,ee=null,te=null,ne=null;this._outputColorSpace=x;let re=0,ie=0,M=null,ae=-1,oe=null,N=new Ue,ce=new Ue,le=null,ue=new z(0),fe=0,pe=t.width,me=t.height,ge=1,_e=null,ve=null,be=new Ue(0,0,pe,me),xe=new Ue(0,0,pe,me),Se=!1,Ce=new wt,we=new s,Te=!1,Ee=!1,De=new P,Oe=new B,ke=new Ue,Ae={background:null,fog:null,environment:null,overrideMaterial:null,isScene:!0},je=!1;function Me(){return M===null?ge:1}let F=n;function Ne(e,n){return t.getContext(e,n)}let Pe,Fe,I,Ie,L,R,ze,Ve,We,Ge,Ke,qe,Je,Ye,H,Ze,Qe,$e,et,tt,nt,it,ot;try{let e={alpha:!0,depth:r,stencil:i,antialias:c,premultipliedAlpha:l,preserveDrawingBuffer:u,powerPreference:d,failIfMajorPerformanceCaveat:f};if(`setAttribute`in t&&t.setAttribute(`data-engine`,`three.js r187`),t.addEventListener(`webglcontextlost`,lt,!1),t.addEventListener(`webglcontextrestored`,ut,!1),t.addEventListener(`webglcontextcreationerror`,dt,!1),F===null){let t=`webgl2`;if(F=Ne(t,e),F===null)throw Ne(t)?Error(`THREE.WebGLRenderer: Error creating WebGL context with your selected attributes.`):Error(`THREE.WebGLRenderer: Error creating WebGL context.`)}st()}catch(e){throw t.removeEventListener(`webglcontextlost`,lt,!1),t.removeEventListener(`webglcontextrestored`,ut,!1),t.removeEventListener(`webglcontextcreationerror`,dt,!1),vt(`WebGLRenderer: `+e.message),e}function st(){Pe=new ln(F),Pe.init(),nt=new ji(F,Pe),Fe=new Ht(F,Pe,e,nt),I=new ki(F,Pe),Fe.reversedDepthBuffer&&p&&I.buffers.depth.setReversed(!0),ee=F.createFramebuffer(),te=F.createFramebuffer(),ne=F.createFramebuffer(),Ie=new fn(F),L=new li,R=new Ai(F,Pe,I,L,Fe,nt,Ie),ze=new cn(k),Ve=new Pt(F),it=new Bt(F,Ve),We=new un(F,Ve,Ie,it),Ge=new mn(F,We,Ve,it,Ie),$e=new pn(F,Fe,R),H=new Ut(L),Ke=new ci(k,ze,Pe,Fe,it,H),qe=new Ri(k,L),Je=new pi,Ye=new bi(Pe),Qe=new zt(k,ze,I,Ge,h,l),Ze=new Oi(k,Ge,Fe),ot=new zi(F,Ie,Fe,I),et=new Vt(F,Pe,Ie),tt=new dn(F,Pe,Ie),Ie.programs=Ke.programs,k.capabilities=Fe,k.extensions=Pe,k.properties=L,k.renderLists=Je,k.shadowMap=Ze,k.state=I,k.info=Ie}_!==1009&&(O=new gn(_,t.width,t.height,c,r,i));let ct=new Fi(k,F);this.xr=ct,this.getContext=function(){return F},this.getContextAttributes=function(){return F.getContextAttributes()},this.forceContextLoss=function(){let e=Pe.get(`WEBGL_lose_context`);e&&e.loseContext()},this.forceContextRestore=function(){let e=Pe.get(`WEBGL_lose_context`);e&&e.restoreContext()},this.getPixelRatio=function(){return ge},this.setPixelRatio=function(e){e!==void 0&&(ge=e,this.setSize(pe,me,!1))},this.getSize=function(e){return e.set(pe,me)},this.setSize=function(e,n,r=!0){ct.isPresenting?V(`WebGLRenderer: Can't change size while VR device is presenting.`):(pe=e,me=n,t.width=Math.floor(e*ge),t.height=Math.floor(n*ge),r===!0&&(t.style.width=e+`px`,t.style.height=n+`px`),O!==null&&O.setSize(t.width,t.height),this.setViewport(0,0,e,n))},this.getDrawingBufferSize=function(e){return e.set(pe*ge,me*ge).floor()},this.setDrawingBufferSize=function(e,n,r){pe=e,me=n,ge=r,t.width=Math.floor(e*r),t.height=Math.floor(n*r),this.setViewport(0,0,e,n)},this.setEffects=function(e){if(_===1009)vt(`WebGLRenderer: setEffects() requires outputBufferType set to HalfFloatType or FloatType.`);else{if(e){for(let t=0;t<e.length;t++)if(e[t].isOutputPass===!0){V(`WebGLRenderer: OutputPass is not needed in setEffects(). Tone mapping and color space conversion are applied automatically.`);break}}O.setEffects(e||[])}},this.getCurrentViewport=function(e){return e.copy(N)},this.getViewport=function(e){return e.copy(be)},this.setViewport=function(e,t,n,r){e.isVector4?be.set(e.x,e.y,e.z,e.w):be.set(e,t,n,r),I.viewport(N.copy(be).multiplyScalar(Me()).round())},this.getScissor=function(e){return e.copy(xe)},this.setScissor=function(e,t,n,r){e.isVector4?xe.set(e.x,e.y,e.z,e.w):xe.set(e,t,n,r),I.scissor(ce.copy(xe).multiplyScalar(Me()).round())},this.getScissorTest=function(){return Se},this.setScissorTest=function(e){I.setScissorTest(Se=e)},this.setOpaqueSort=function(e){_e=e},this.setTransparentSort=function(e){ve=e},this.getClearColor=function(e){return e.copy(Qe.getClearColor())},this.setClearColor=function(){Qe.setClearColor(...arguments)},this.getClearAlpha=function(){return Qe.getClearAlpha()},this.setClearAlpha=function(){Qe.setClearAlpha(...arguments)},this.clear=function(e=!0,t=!0,n=!0){let r=0;if(e){let e=!1;if(M!==null){let t=M.texture.format;e=v.has(t)}if(e){let e=M.texture.type,t=y.has(e),n=Qe.getClearColor(),r=Qe.getClearAlpha(),i=n.r,a=n.g,o=n.b;t?(b[0]=i,b[1]=a,b[2]=o,b[3]=r,F.clearBufferuiv(F.COLOR,0,b)):(S[0]=i,S[1]=a,S[2]=o,S[3]=r,F.clearBufferiv(F.COLOR,0,S))}else r|=F.COLOR_BUFFER_BIT}t&&(r|=F.DEPTH_BUFFER_BIT,this.state.buffers.depth.setMask(!0)),n&&(r|=F.STENCIL_BUFFER_BIT,this.state.buffers.stencil.setMask(4294967295)),r!==0&&F.clear(r)},this.clearColor=function(){this.clear(!0,!1,!1)},this.clearDepth=function(){this.clear(!1,!0,!1)},this.clearStencil=function(){this.clear(!1,!1,!0)},this.setNodesHandler=function(e){e.setRenderer(this),j=e},this.dispose=function(){t.removeEventListener(`webglcontextlost`,lt,!1),t.removeEventListener(`webglcontextrestored`,ut,!1),t.removeEventListener(`webglcontextcreationerror`,dt,!1),Qe.dispose(),Je.dispose(),Ye.dispose(),R.dispose(),L.dispose(),ze.dispose(),Ge.dispose(),We.dispose(),it.dispose(),ot.dispose(),Ke.dispose(),ct.dispose(),ct.removeEventListener(`sessionstart`,xt),ct.removeEventListener(`sessionend`,W),St.stop()};function lt(e){e.preventDefault(),se(`WebGLRenderer: Context Lost.`),A=!0}function ut(){se(`WebGLRenderer: Context Restored.`),A=!1;let e=Ie.autoReset,t=Ze.enabled,n=Ze.autoUpdate,r=Ze.needsUpdate,i=Ze.type;st(),Ie.autoReset=e,Ze.enabled=t,Ze.autoUpdate=n,Ze.needsUpdate=r,Ze.type=i}function dt(e){vt(`WebGLRenderer: A WebGL context could not be created. Reason: `,e.statusMessage)}function U(e){let t=e.target;t.removeEventListener(`dispose`,U),mt(t)}function mt(e){gt(e),L.remove(e)}function gt(e){let t=L.get(e).programs;t!==void 0&&(t.forEach(function(e){Ke.releaseProgram(e)}),e.isShaderMaterial&&Ke.releaseShaderCache(e))}this.renderBufferDirect=function(e,t,n,r,i,a){t===null&&(t=Ae);let o=i.isMesh&&i.matrixWorld.determinantAffine()<0,s=Ft(e,t,n,r,i);I.setMaterial(r,o);let c=n.index,l=1;if(r.wireframe===!0){if(c=We.getWireframeAttribute(n),c===void 0)return;l=2}let u=n.drawRange,d=n.attributes.position,f=u.start*l,p=(u.start+u.count)*l;a!==null&&(f=Math.max(f,a.start*l),p=Math.min(p,(a.start+a.count)*l)),c===null?d!=null&&(f=Math.max(f,0),p=Math.min(p,d.count)):(f=Math.max(f,0),p=Math.min(p,c.count));let m=p-f;if(m<0||m===1/0)return;it.setup(i,r,s,n,c);let h,g=et;if(c!==null&&(h=Ve.get(c),g=tt,g.setIndex(h)),i.isMesh)r.wireframe===!0?(I.setLineWidth(r.wireframeLinewidth*Me()),g.setMode(F.LINES)):g.setMode(F.TRIANGLES);else if(i.isLine){let e=r.linewidth;e===void 0&&(e=1),I.setLineWidth(e*Me()),i.isLineSegments?g.setMode(F.LINES):i.isLineLoop?g.setMode(F.LINE_LOOP):g.setMode(F.LINE_STRIP)}else i.isPoints?g.setMode(F.POINTS):i.isSprite&&g.setMode(F.TRIANGLES);if(i.isBatchedMesh){if(Pe.get(`WEBGL_multi_draw`))g.renderMultiDraw(i._multiDrawStarts,i._multiDrawCounts,i._multiDrawCount);else{let e=i._multiDrawStarts,t=i._multiDrawCounts,n=i._multiDrawCount,a=c?Ve.get(c).bytesPerElement:1,o=L.get(r).currentProgram.getUniforms();for(let r=0;r<n;r++)o.setValue(F,`_gl_DrawID`,r),g.render(e[r]/a,t[r])}}else if(i.isInstancedMesh)g.renderInstances(f,m,i.count);else if(n.isInstancedBufferGeometry){let e=n._maxInstanceCount===void 0?1/0:n._maxInstanceCount,t=Math.min(n.instanceCount,e);g.renderInstances(f,m,t)}else g.render(f,m)};function _t(e,t,n,r){j!==null&&e.isNodeMaterial&&j.setObject(r,e),Te===!0&&H.setState(e,n,!1),e.transparent===!0&&e.side===2&&e.forceSinglePass===!1?(e.side=1,e.needsUpdate=!0,jt(e,t,r),e.side=0,e.needsUpdate=!0,jt(e,t,r),e.side=2):jt(e,t,r)}this.compile=function(e,t,n=null){n===null&&(n=e),j!==null&&j.renderStart(e,t,n),T=Ye.get(n),T.init(t),D.push(T),n.traverseVisible(function(e){e.isLight&&e.layers.test(t.layers)&&(T.pushLight(e),e.castShadow&&T.pushShadow(e))}),e!==n&&e.traverseVisible(function(e){e.isLight&&e.layers.test(t.layers)&&(T.pushLight(e),e.castShadow&&T.pushShadow(e))}),T.setupLights(),j!==null&&j.updateLights(T.state.lightsArray),Ee=this.localClippingEnabled,Te=H.init(this.clippingPlanes,Ee),Te===!0&&H.setGlobalState(this.clippingPlanes,t),j!==null&&Ze.render(T.state.shadowsArray,n,t);let r=new Set;return e.traverse(function(e){if(!(e.isMesh||e.isPoints||e.isLine||e.isSprite))return;let i=e.material;if(i){if(Array.isArray(i))for(let a=0;a<i.length;a++){let o=i[a];_t(o,n,t,e),r.add(o)}else _t(i,n,t,e),r.add(i)}}),T=D.pop(),j!==null&&j.renderEnd(),r},this.compileAsync=function(e,t,n=null){let r=this.compile(e,t,n);return new Promise(t=>{function n(){r.forEach(function(e){let t=L.get(e).currentProgram;(t===void 0||t.isReady())&&r.delete(e)}),r.size===0?t(e):setTimeout(n,10)}Pe.get(`KHR_parallel_shader_compile`)===null?setTimeout(n,10):n()})};let yt=null;function bt(e){yt&&yt(e)}function xt(){St.stop()}function W(){St.start()}let St=new Nt;St.setAnimationLoop(bt),typeof self<`u`&&St.setContext(self),this.setAnimationLoop=function(e){yt=e,ct.setAnimationLoop(e),e===null?St.stop():St.start()},ct.addEventListener(`sessionstart`,xt),ct.addEventListener(`sessionend`,W),this.render=function(e,t){if(t!==void 0&&t.isCamera!==!0){vt(`WebGLRenderer.render: camera is not an instance of THREE.Camera.`);return}if(A===!0)return;j!==null&&j.renderStart(e,t);let n=ct.enabled===!0&&ct.isPresenting===!0,r=O!==null&&(M===null||n)&&O.begin(k,M);if(e.matrixWorldAutoUpdate===!0&&e.updateMatrixWorld(),t.parent===null&&t.matrixWorldAutoUpdate===!0&&t.updateMatrixWorld(),ct.enabled===!0&&ct.isPresenting===!0&&(O===null||O.isCompositing()===!1)&&(ct.cameraAutoUpdate===!0&&ct.updateCamera(t),t=ct.getCamera()),e.isScene===!0&&e.onBeforeRender(k,e,t,M),T=Ye.get(e,D.length),T.init(t),T.state.textureUnits=R.getTextureUnits(),D.push(T),De.multiplyMatrices(t.projectionMatrix,t.matrixWorldInverse),t.isArrayCamera?we.setFromArrayCamera(t):Ce.setFromProjectionMatrix(De,ht,t.reversedDepth),Ee=this.localClippingEnabled,Te=H.init(this.clippingPlanes,Ee),w=Je.get(e,E.length),w.init(),E.push(w),this.info.render.frame++,ct.enabled===!0&&ct.isPresenting===!0){let e=k.xr.getDepthSensingMesh();e!==null&&Tt(e,t,-1/0,k.sortObjects)}Tt(e,t,0,k.sortObjects),w.finish(),j!==null&&j.updateLights(T.state.lightsArray),k.sortObjects===!0&&w.sort(_e,ve),je=ct.enabled===!1||ct.isPresenting===!1||ct.hasDepthSensing()===!1,je&&Qe.addToRenderList(w,e),this.info.autoReset===!0&&this.info.reset(),Te===!0&&H.beginShadows();let i=T.state.shadowsArray;if(Ze.render(i,e,t),Te===!0&&H.endShadows(),(r&&O.hasRenderPass())===!1){let n=w.opaque,r=w.transmissive;if(T.setupLights(),t.isArrayCamera){let i=t.cameras;if(r.length>0)for(let t=0,a=i.length;t<a;t++){let a=i[t];Dt(n,r,e,a)}je&&Qe.render(e);for(let t=0,n=i.length;t<n;t++){let n=i[t];Et(w,e,n,n.viewport)}}else r.length>0&&Dt(n,r,e,t),je&&Qe.render(e),Et(w,e,t)}M!==null&&ie===0&&(R.updateMultisampleRenderTarget(M),R.updateRenderTargetMipmap(M)),r&&O.end(k),e.isScene===!0&&e.onAfterRender(k,e,t),it.resetDefaultState(),ae=-1,oe=null,D.pop(),D.length>0?(T=D[D.length-1],R.setTextureUnits(T.state.textureUnits),Te===!0&&H.setGlobalState(k.clippingPlanes,T.state.camera)):T=null,E.pop(),w=E.length>0?E[E.length-1]:null,j!==null&&j.renderEnd()};function Tt(e,t,n,r){if(e.visible===!1)return;if(e.layers.test(t.layers)){if(e.isGroup)n=e.renderOrder;else if(e.isLOD)e.autoUpdate===!0&&e.update(t);else if(e.isLight)T.pushLight(e),e.castShadow&&T.pushShadow(e);else if(e.isSprite){let i=t.isArrayCamera?we:Ce;if(!e.frustumCulled||e.intersectsFrustum(i)){r&&ke.setFromMatrixPosition(e.matrixWorld).applyMatrix4(De);let i=Ge.update(e),a=e.material;a.visible&&w.push(e,i,a,n,ke.z,null,t)}}else if(e.isMesh||e.isLine||e.isPoints){let i=t.isArrayCamera?we:Ce;if(!e.frustumCulled||e.intersectsFrustum(i)){let i=Ge.update(e),a=e.material;if(r&&(e.boundingSphere===void 0?(i.boundingSphere===null&&i.computeBoundingSphere(),ke.copy(i.boundingSphere.center)):(e.boundingSphere===null&&e.computeBoundingSphere(),ke.copy(e.boundingSphere.center)),ke.applyMatrix4(e.matrixWorld).applyMatrix4(De)),Array.isArray(a)){let r=i.groups;for(let o=0,s=r.length;o<s;o++){let s=r[o],c=a[s.materialIndex];c&&c.visible&&w.push(e,i,c,n,ke.z,s,t)}}else a.visible&&w.push(e,i,a,n,ke.z,null,t)}}}let i=e.children;for(let e=0,a=i.length;e<a;e++)Tt(i[e],t,n,r)}function Et(e,t,n,r){let{opaque:i,transmissive:a,transparent:o}=e;T.setupLightsView(n),Te===!0&&H.setGlobalState(k.clippingPlanes,n),r&&I.viewport(N.copy(r)),i.length>0&&Ot(i,t,n),a.length>0&&Ot(a,t,n),o.length>0&&Ot(o,t,n),I.buffers.depth.setTest(!0),I.buffers.depth.setMask(!0),I.buffers.color.setMask(!0),I.setPolygonOffset(!1)}function Dt(e,t,n,r){if((n.isScene===!0?n.overrideMaterial:null)!==null)return;if(T.state.transmissionRenderTarget[r.id]===void 0){let e=Pe.has(`EXT_color_buffer_half_float`)||Pe.has(`EXT_color_buffer_float`);T.state.transmissionRenderTarget[r.id]=new Ct(1,1,{generateMipmaps:!0,type:e?ye:rt,minFilter:pt,samples:Math.max(4,Fe.samples),stencilBuffer:i,resolveDepthBuffer:!1,resolveStencilBuffer:!1,storeMultisampledDepthBuffer:!1,storeMultisampledStencilBuffer:!1,colorSpace:He.workingColorSpace})}let a=T.state.transmissionRenderTarget[r.id],o=r.viewport||N;a.setSize(o.z*k.transmissionResolutionScale,o.w*k.transmissionResolutionScale);let s=k.getRenderTarget(),c=k.getActiveCubeFace(),l=k.getActiveMipmapLevel();k.setRenderTarget(a),k.getClearColor(ue),fe=k.getClearAlpha(),fe<1&&k.setClearColor(16777215,.5),k.clear(),je&&Qe.render(n);let u=k.toneMapping;k.toneMapping=0;let d=r.viewport;if(r.viewport!==void 0&&(r.viewport=void 0),T.setupLightsView(r),Te===!0&&H.setGlobalState(k.clippingPlanes,r),Ot(e,n,r),R.updateMultisampleRenderTarget(a),R.updateRenderTargetMipmap(a),Pe.has(`WEBGL_multisampled_render_to_texture`)===!1){let e=!1;for(let i=0,a=t.length;i<a;i++){let{object:a,geometry:o,material:s,group:c}=t[i];if(s.side===2&&a.layers.test(r.layers)){let t=s.side;s.side=1,s.needsUpdate=!0,kt(a,n,r,o,s,c),s.side=t,s.needsUpdate=!0,e=!0}}e===!0&&(R.updateMultisampleRenderTarget(a),R.updateRenderTargetMipmap(a))}k.setRenderTarget(s,c,l),k.setClearColor(ue,fe),d!==void 0&&(r.viewport=d),k.toneMapping=u}function Ot(e,t,n){let r=t.isScene===!0?t.overrideMaterial:null;for(let i=0,a=e.length;i<a;i++){let a=e[i],{object:o,geometry:s,group:c}=a,l=a.material;l.allowOverride===!0&&r!==null&&(l=r),o.layers.test(n.layers)&&kt(o,t,n,s,l,c)}}function kt(e,t,n,r,i,a){j!==null&&i.isNodeMaterial&&j.setObject(e,i),e.onBeforeRender(k,t,n,r,i,a),e.modelViewMatrix.multiplyMatrices(n.matrixWorldInverse,e.matrixWorld),e.normalMatrix.getNormalMatrix(e.modelViewMatrix),i.onBeforeRender(k,t,n,r,e,a),i.transparent===!0&&i.side===2&&i.forceSinglePass===!1?(i.side=1,i.needsUpdate=!0,k.renderBufferDirect(n,t,r,i,e,a),i.side=0,i.needsUpdate=!0,k.renderBufferDirect(n,t,r,i,e,a),i.side=2):k.renderBufferDirect(n,t,r,i,e,a),e.onAfterRender(k,t,n,r,i,a)}function At(e){let t=0;for(let n of e)n.texture!==null&&t++;return t}function jt(e,t,n){t.isScene!==!0&&(t=Ae);let r=L.get(e),i=T.state.lights,a=T.state.shadowsArray,o=i.state.version,s=Ke.getParameters(e,i.state,a,t,n,T.state.lightProbeGridArray),c=Ke.getProgramCacheKey(s),l=r.programs;r.environment=e.isMeshStandardMaterial||e.isMeshLambertMaterial||e.isMeshPhongMaterial?t.environment:null,r.fog=t.fog;let u=e.isMeshStandardMaterial||e.isMeshLambertMaterial&&!e.envMap||e.isMeshPhongMaterial&&!e.envMap;r.envMap=ze.get(e.envMap||r.environment,u),r.envMapRotation=r.environment!==null&&e.envMap===null?t.environmentRotation:e.envMapRotation,l===void 0&&(e.addEventListener(`dispose`,U),l=new Map,r.programs=l,r.programVariants=new Map);let d=l.get(c);if(d!==void 0){if(r.currentProgram===d&&r.lightsStateVersion===o)return K(e,s),d}else s.uniforms=Ke.getUniforms(e),j!==null&&e.isNodeMaterial&&j.build(e,n,s),e.onBeforeCompile(s,k),d=Ke.acquireProgram(s,c),l.set(c,d),r.uniforms=s.uniforms;let f=r.uniforms;return(!e.isShaderMaterial&&!e.isRawShaderMaterial||e.clipping===!0)&&(f.clippingPlanes=H.uniform),K(e,s),r.needsLights=Lt(e),r.lightsStateVersion=o,r.needsLights&&(f.ambientLightColor.value=i.state.ambient,f.lightProbe.value=i.state.probe,f.sunLights.value=i.state.sun,f.sunLightShadows.value=i.state.sunShadow,f.directionalLights.value=i.state.directional,f.directionalLightShadows.value=i.state.directionalShadow,f.spotLights.value=i.state.spot,f.spotLightShadows.value=i.state.spotShadow,f.rectAreaLights.value=i.state.rectArea,f.ltc_1.value=i.state.rectAreaLTC1,f.ltc_2.value=i.state.rectAreaLTC2,f.pointLights.value=i.state.point,f.pointLightShadows.value=i.state.pointShadow,f.hemisphereLights.value=i.state.hemi,f.sunShadowMatrix.value=i.state.sunShadowMatrix,f.sunShadowCascade.value=i.state.sunShadowCascade,f.directionalShadowMatrix.value=i.state.directionalShadowMatrix,f.spotLightMatrix.value=i.state.spotLightMatrix,f.spotLightMap.value=i.state.spotLightMap,f.pointShadowMatrix.value=i.state.pointShadowMatrix),r.numLightProbeGrids=At(T.state.lightProbeGridArray),r.currentProgram=d,r.uniformsList=null,d}function Mt(e,t,n,r,i){let a=L.get(e),o=a.currentProgram.id+`,`+r+`,`+i,s=a.programVariants.get(o);return s===void 0?(s=jt(e,t,n),a.programVariants.set(o,s)):(a.currentProgram=s,a.uniformsList=null,a.outputColorSpace=r,a.toneMapping=i),s}function G(e){if(e.uniformsList===null){let t=e.currentProgram.getUniforms();e.uniformsList=Tr.seqWithValue(t.seq,e.uniforms)}return e.uniformsList}function K(e,t){let n=L.get(e);n.outputColorSpace=t.outputColorSpace,n.batching=t.batching,n.batchingColor=t.batchingColor,n.instancing=t.instancing,n.instancingColor=t.instancingColor,n.instancingMorph=t.instancingMorph,n.skinning=t.skinning,n.morphTargets=t.morphTargets,n.morphNormals=t.morphNormals,n.morphColors=t.morphColors,n.morphTargetsCount=t.morphTargetsCount,n.numClippingPlanes=t.numClippingPlanes,n.numIntersection=t.numClipIntersection,n.vertexAlphas=t.vertexAlphas,n.vertexTangents=t.vertexTangents,n.toneMapping=t.toneMapping}function Ft(e,t,n,r,i){t.isScene!==!0&&(t=Ae),R.resetTextureUnits();let a=t.fog,o=r.isMeshStandardMaterial||r.isMeshLambertMaterial||r.isMeshPhongMaterial?t.environment:null,s=M===null?k.outputColorSpace:M.isXRRenderTarget===!0?M.texture.colorSpace:He.workingColorSpace,c=r.isMeshStandardMaterial||r.isMeshLambertMaterial&&!r.envMap||r.isMeshPhongMaterial&&!r.envMap,l=ze.get(r.envMap||o,c),u=r.vertexColors===!0&&!!n.attributes.color&&n.attributes.color.itemSize===4,d=!!n.attributes.tangent&&(!!r.normalMap||r.anisotropy>0),f=!!n.morphAttributes.position,p=!!n.morphAttributes.normal,m=!!n.morphAttributes.color,h=0;r.toneMapped&&(M===null||M.isXRRenderTarget===!0)&&(h=k.toneMapping);let g=n.morphAttributes.position||n.morphAttributes.normal||n.morphAttributes.color,_=g===void 0?0:g.length,v=L.get(r),y=T.state.lights;if(Te===!0&&(Ee===!0||e!==oe)){let t=e===oe&&r.id===ae;H.setState(r,e,t)}let b=!1,x=!1;r.version===v.__version?v.needsLights&&v.lightsStateVersion!==y.state.version||i.isBatchedMesh&&v.batching===!1||!i.isBatchedMesh&&v.batching===!0||i.isBatchedMesh&&v.batchingColor===!0&&i._colorsTexture===null||i.isBatchedMesh&&v.batchingColor===!1&&i._colorsTexture!==null||i.isInstancedMesh&&v.instancing===!1||!i.isInstancedMesh&&v.instancing===!0||i.isSkinnedMesh&&v.skinning===!1||!i.isSkinnedMesh&&v.skinning===!0||i.isInstancedMesh&&v.instancingColor===!0&&i.instanceColor===null||i.isInstancedMesh&&v.instancingColor===!1&&i.instanceColor!==null||i.isInstancedMesh&&v.instancingMorph===!0&&i.morphTexture===null||i.isInstancedMesh&&v.instancingMorph===!1&&i.morphTexture!==null?b=!0:v.envMap===l?r.fog===!0&&v.fog!==a||v.numClippingPlanes!==void 0&&(v.numClippingPlanes!==H.numPlanes||v.numIntersection!==H.numIntersection)?b=!0:v.vertexAlphas===u&&v.vertexTangents===d&&v.morphTargets===f&&v.morphNormals===p&&v.morphColors===m&&v.morphTargetsCount===_&&v.numLightProbeGrids===At(T.state.lightProbeGridArray)?(v.outputColorSpace!==s||v.toneMapping!==h)&&(x=!0):b=!0:b=!0:(b=!0,v.__version=r.version);let S=v.currentProgram;(b===!0||x===!0)&&(S=x===!0?Mt(r,t,i,s,h):jt(r,t,i),j&&r.isNodeMaterial&&j.onUpdateProgram(r,S,v));let w=!1,E=!1,D=!1,O=S.getUniforms(),A=v.uniforms;if(I.useProgram(S.program)&&(w=!0,E=!0,D=!0),r.id!==ae&&(ae=r.id,E=!0),w||oe!==e){I.buffers.depth.getReversed()&&e.reversedDepth!==!0&&(e._reversedDepth=!0,e.updateProjectionMatrix()),O.setValue(F,`projectionMatrix`,e.projectionMatrix),O.setValue(F,`viewMatrix`,e.matrixWorldInverse);let t=O.map.cameraPosition;t!==void 0&&t.setValue(F,Oe.setFromMatrixPosition(e.matrixWorld)),Fe.logarithmicDepthBuffer&&O.setValue(F,`logDepthBufFC`,2/(Math.log(e.far+1)/Math.LN2)),(r.isMeshPhongMaterial||r.isMeshToonMaterial||r.isMeshLambertMaterial||r.isMeshBasicMaterial||r.isMeshStandardMaterial||r.isShaderMaterial)&&O.setValue(F,`isOrthographic`,e.isOrthographicCamera===!0),oe!==e&&(oe=e,E=!0,D=!0)}if(v.needsLights&&(y.state.sunShadowMap.length>0&&O.setValue(F,`sunShadowMap`,y.state.sunShadowMap,R),y.state.directionalShadowMap.length>0&&O.setValue(F,`directionalShadowMap`,y.state.directionalShadowMap,R),y.state.spotShadowMap.length>0&&O.setValue(F,`spotShadowMap`,y.state.spotShadowMap,R),y.state.pointShadowMap.length>0&&O.setValue(F,`pointShadowMap`,y.state.pointShadowMap,R)),i.isSkinnedMesh){O.setOptional(F,i,`bindMatrix`),O.setOptional(F,i,`bindMatrixInverse`);let e=i.skeleton;e&&(e.boneTexture===null&&e.computeBoneTexture(),O.setValue(F,`boneTexture`,e.boneTexture,R))}i.isBatchedMesh&&(O.setOptional(F,i,`batchingTexture`),O.setValue(F,`batchingTexture`,i._matricesTexture,R),O.setOptional(F,i,`batchingIdTexture`),O.setValue(F,`batchingIdTexture`,i._indirectTexture,R),O.setOptional(F,i,`batchingColorTexture`),i._colorsTexture!==null&&O.setValue(F,`batchingColorTexture`,i._colorsTexture,R));let ee=n.morphAttributes;if((ee.position!==void 0||ee.normal!==void 0||ee.color!==void 0)&&$e.update(i,n,S),(E||v.receiveShadow!==i.receiveShadow)&&(v.receiveShadow=i.receiveShadow,O.setValue(F,`receiveShadow`,i.receiveShadow)),(r.isMeshStandardMaterial||r.isMeshLambertMaterial||r.isMeshPhongMaterial)&&r.envMap===null&&t.environment!==null&&(A.envMapIntensity.value=t.environmentIntensity),A.dfgLUT!==void 0&&(A.dfgLUT.value=Hi()),E){if(O.setValue(F,`toneMappingExposure`,k.toneMappingExposure),v.needsLights&&It(A,D),a&&r.fog===!0&&qe.refreshFogUniforms(A,a),qe.refreshMaterialUniforms(A,r,ge,me,T.state.transmissionRenderTarget[e.id]),v.needsLights&&v.numLightProbeGrids>0){let e=C,t=0;for(let n of T.state.lightProbeGridArray)n.texture!==null&&(e.textures[t]=n.texture,e.min[t]=n.boundingBox.min,e.max[t]=n.boundingBox.max,e.resolution[t]=n.resolution,t++);for(let n in e)e[n].length=t;A.probesSH.value=e.textures,A.probesMin.value=e.min,A.probesMax.value=e.max,A.probesResolution.value=e.resolution}Tr.upload(F,G(v),A,R)}if(r.isShaderMaterial&&r.uniformsNeedUpdate===!0&&(Tr.upload(F,G(v),A,R),r.uniformsNeedUpdate=!1),r.isSpriteMaterial&&O.setValue(F,`center`,i.center),O.setValue(F,`modelViewMatrix`,i.modelViewMatrix),O.setValue(F,`normalMatrix`,i.normalMatrix),O.setValue(F,`modelMatrix`,i.matrixWorld),r.uniformsGroups!==void 0){let e=r.uniformsGroups;for(let t=0,n=e.length;t<n;t++){let n=e[t];ot.update(n,S),ot.bind(n,S)}}return S}function It(e,t){e.ambientLightColor.needsUpdate=t,e.lightProbe.needsUpdate=t,e.sunLights.needsUpdate=t,e.sunLightShadows.needsUpdate=t,e.directionalLights.needsUpdate=t,e.directionalLightShadows.needsUpdate=t,e.pointLights.needsUpdate=t,e.pointLightShadows.needsUpdate=t,e.spotLights.needsUpdate=t,e.spotLightShadows.needsUpdate=t,e.rectAreaLights.needsUpdate=t,e.hemisphereLights.needsUpdate=t}function Lt(e){return e.isMeshLambertMaterial||e.isMeshToonMaterial||e.isMeshPhongMaterial||e.isMeshStandardMaterial||e.isShadowMaterial||e.isShaderMaterial&&e.lights===!0}this.getActiveCubeFace=function(){return re},this.getActiveMipmapLevel=function(){return ie},this.getRenderTarget=function(){return M},this.setRenderTargetTextures=function(e,t,n){let r=L.get(e);r.__autoAllocateDepthBuffer=e.resolveDepthBuffer===!1,r.__autoAllocateDepthBuffer===!1&&(r.__useRenderToTexture=!1),L.get(e.texture).__webglTexture=t,L.get(e.depthTexture).__webglTexture=r.__autoAllocateDepthBuffer?void 0:n,r.__hasExternalTextures=!0},this.setRenderTargetFramebuffer=function(e,t){let n=L.get(e);n.__webglFramebuffer=t,n.__useDefaultFramebuffer=t===void 0},this.setRenderTarget=function(e,t=0,n=0){M=e,re=t,ie=n;let r=null,i=!1,a=!1;if(e){let o=L.get(e);if(o.__useDefaultFramebuffer!==void 0){I.bindFramebuffer(F.FRAMEBUFFER,o.__webglFramebuffer),N.copy(e.viewport),ce.copy(e.scissor),le=e.scissorTest,I.viewport(N),I.scissor(ce),I.setScissorTest(le),ae=-1;return}if(o.__webglFramebuffer===void 0)R.setupRenderTarget(e);else if(o.__hasExternalTextures)R.rebindTextures(e,L.get(e.texture).__webglTexture,L.get(e.depthTexture).__webglTexture);else if(e.depthBuffer){let t=e.depthTexture;if(o.__boundDepthTexture!==t){if(t!==null&&L.has(t)&&(e.width!==t.image.width||e.height!==t.image.height))throw Error(`THREE.WebGLRenderer: Attached DepthTexture is initialized to the incorrect size.`);R.setupDepthRenderbuffer(e)}}let s=e.texture;(s.isData3DTexture||s.isDataArrayTexture||s.isCompressedArrayTexture)&&(a=!0);let c=L.get(e).__webglFramebuffer;e.isWebGLCubeRenderTarget?(r=Array.isArray(c[t])?c[t][n]:c[t],i=!0):r=e.samples>0&&R.useMultisampledRTT(e)===!1?L.get(e).__webglMultisampledFramebuffer:Array.isArray(c)?c[n]:c,N.copy(e.viewport),ce.copy(e.scissor),le=e.scissorTest}else N.copy(be).multiplyScalar(ge).floor(),ce.copy(xe).multiplyScalar(ge).floor(),le=Se;if(n!==0&&(r=ee),I.bindFramebuffer(F.FRAMEBUFFER,r)&&I.drawBuffers(e,r),I.viewport(N),I.scissor(ce),I.setScissorTest(le),i){let r=L.get(e.texture);F.framebufferTexture2D(F.FRAMEBUFFER,F.COLOR_ATTACHMENT0,F.TEXTURE_CUBE_MAP_POSITIVE_X+t,r.__webglTexture,n)}else if(a){let r=t;for(let t=0;t<e.textures.length;t++){let i=L.get(e.textures[t]);F.framebufferTextureLayer(F.FRAMEBUFFER,F.COLOR_ATTACHMENT0+t,i.__webglTexture,n,r)}}else if(e!==null&&n!==0){let t=L.get(e.texture);F.framebufferTexture2D(F.FRAMEBUFFER,F.COLOR_ATTACHMENT0,F.TEXTURE_2D,t.__webglTexture,n)}ae=-1};function Rt(e){let t=L.get(e);return(t.__readFormat!==e.format||t.__readType!==e.type)&&(t.__readFormat=e.format,t.__readType=e.type,t.__formatReadable=Fe.textureFormatReadable(e.format),t.__typeReadable=Fe.textureTypeReadable(e.type)),t}this.readRenderTargetPixels=function(e,t,n,r,i,a,o,s=0){if(!(e&&e.isWebGLRenderTarget)){vt(`WebGLRenderer.readRenderTargetPixels: renderTarget is not THREE.WebGLRenderTarget.`);return}let c=L.get(e).__webglFramebuffer;if(e.isWebGLCubeRenderTarget&&o!==void 0&&(c=c[o],Array.isArray(c)&&(c=c[0])),c){I.bindFramebuffer(F.FRAMEBUFFER,c);try{let o=e.textures[s],c=o.format,l=o.type;e.textures.length>1&&F.readBuffer(F.COLOR_ATTACHMENT0+s);let u=Rt(o);if(u.__formatReadable===!1){vt(`WebGLRenderer.readRenderTargetPixels: renderTarget is not in RGBA or implementation defined format.`);return}if(u.__typeReadable===!1){vt(`WebGLRenderer.readRenderTargetPixels: renderTarget is not in UnsignedByteType or implementation defined type.`);return}t>=0&&t<=e.width-r&&n>=0&&n<=e.height-i&&F.readPixels(t,n,r,i,nt.convert(c),nt.convert(l),a)}finally{let e=M===null?null:L.get(M).__webglFramebuffer;I.bindFramebuffer(F.FRAMEBUFFER,e)}}},this.readRenderTargetPixelsAsync=async function(e,t,n,r,i,o,s,c=0){if(!(e&&e.isWebGLRenderTarget))throw Error(`THREE.WebGLRenderer.readRenderTargetPixels: renderTarget is not THREE.WebGLRenderTarget.`);let l=L.get(e).__webglFramebuffer;if(e.isWebGLCubeRenderTarget&&s!==void 0&&(l=l[s],Array.isArray(l)&&(l=l[0])),l){if(t>=0&&t<=e.width-r&&n>=0&&n<=e.height-i){I.bindFramebuffer(F.FRAMEBUFFER,l);let s=e.textures[c],u=s.format,d=s.type;e.textures.length>1&&F.readBuffer(F.COLOR_ATTACHMENT0+c);let f=Rt(s);if(f.__formatReadable===!1)throw Error(`THREE.WebGLRenderer.readRenderTargetPixelsAsync: renderTarget is not in RGBA or implementation defined format.`);if(f.__typeReadable===!1)throw Error(`THREE.WebGLRenderer.readRenderTargetPixelsAsync: renderTarget is not in UnsignedByteType or implementation defined type.`);let p=F.createBuffer();F.bindBuffer(F.PIXEL_PACK_BUFFER,p),F.bufferData(F.PIXEL_PACK_BUFFER,o.byteLength,F.STREAM_READ),F.readPixels(t,n,r,i,nt.convert(u),nt.convert(d),0),F.bindBuffer(F.PIXEL_PACK_BUFFER,null);let m=M===null?null:L.get(M).__webglFramebuffer;I.bindFramebuffer(F.FRAMEBUFFER,m);let h=F.fenceSync(F.SYNC_GPU_COMMANDS_COMPLETE,0);return F.flush(),await a(F,h,4),F.bindBuffer(F.PIXEL_PACK_BUFFER,p),F.getBufferSubData(F.PIXEL_PACK_BUFFER,0,o),F.bindBuffer(F.PIXEL_PACK_BUFFER,null),F.deleteBuffer(p),F.deleteSync(h),o}throw Error(`THREE.WebGLRenderer.readRenderTargetPixelsAsync: requested read bounds are out of range.`)}},this.copyFramebufferToTexture=function(e,t=null,n=0){let r=2**-n,i=Math.floor(e.image.width*r),a=Math.floor(e.image.height*r),o=t===null?0:t.x,s=t===null?0:t.y;R.setTexture2D(e,0),F.copyTexSubImage2D(F.TEXTURE_2D,n,0,0,o,s,i,a),I.unbindTexture()},this.copyTextureToTexture=function(e,t,n=null,r=null,i=0,a=0){let o,s,c,l,u,d,f,p,m,h=e.isCompressedTexture?e.mipmaps[a]:e.image;if(n!==null)o=n.max.x-n.min.x,s=n.max.y-n.min.y,c=n.isBox3?n.max.z-n.min.z:1,l=n.min.x,u=n.min.y,d=n.isBox3?n.min.z:0;else{let t=2**-i;o=Math.floor(h.width*t),s=Math.floor(h.height*t),c=e.isDataArrayTexture?h.depth:e.isData3DTexture?Math.floor(h.depth*t):1,l=0,u=0,d=0}r===null?(f=0,p=0,m=0):(f=r.x,p=r.y,m=r.z);let g=nt.convert(t.format),_=nt.convert(t.type),v;t.isData3DTexture?(R.setTexture3D(t,0),v=F.TEXTURE_3D):t.isDataArrayTexture||t.isCompressedArrayTexture?(R.setTexture2DArray(t,0),v=F.TEXTURE_2D_ARRAY):(R.setTexture2D(t,0),v=F.TEXTURE_2D),I.activeTexture(F.TEXTURE0),I.pixelStorei(F.UNPACK_FLIP_Y_WEBGL,t.flipY),I.pixelStorei(F.UNPACK_PREMULTIPLY_ALPHA_WEBGL,t.premultiplyAlpha),I.pixelStorei(F.UNPACK_ALIGNMENT,t.unpackAlignment);let y=I.getParameter(F.UNPACK_ROW_LENGTH),b=I.getParameter(F.UNPACK_IMAGE_HEIGHT),x=I.getParameter(F.UNPACK_SKIP_PIXELS),S=I.getParameter(F.UNPACK_SKIP_ROWS),C=I.getParameter(F.UNPACK_SKIP_IMAGES);I.pixelStorei(F.UNPACK_ROW_LENGTH,h.width),I.pixelStorei(F.UNPACK_IMAGE_HEIGHT,h.height),I.pixelStorei(F.UNPACK_SKIP_PIXELS,l),I.pixelStorei(F.UNPACK_SKIP_ROWS,u),I.pixelStorei(F.UNPACK_SKIP_IMAGES,d);let w=e.isDataArrayTexture||e.isData3DTexture,T=t.isDataArrayTexture||t.isData3DTexture;if(e.isDepthTexture){let n=L.get(e),r=L.get(t),h=L.get(n.__renderTarget),g=L.get(r.__renderTarget);I.bindFramebuffer(F.READ_FRAMEBUFFER,h.__webglFramebuffer),I.bindFramebuffer(F.DRAW_FRAMEBUFFER,g.__webglFramebuffer);for(let n=0;n<c;n++)w&&(F.framebufferTextureLayer(F.READ_FRAMEBUFFER,F.COLOR_ATTACHMENT0,L.get(e).__webglTexture,i,d+n),F.framebufferTextureLayer(F.DRAW_FRAMEBUFFER,F.COLOR_ATTACHMENT0,L.get(t).__webglTexture,a,m+n)),F.blitFramebuffer(l,u,l+o,u+s,f,p,f+o,p+s,F.DEPTH_BUFFER_BIT,F.NEAREST);I.bindFramebuffer(F.READ_FRAMEBUFFER,null),I.bindFramebuffer(F.DRAW_FRAMEBUFFER,null)}else if(i!==0||e.isRenderTargetTexture||L.has(e)){let n=L.get(e),r=L.get(t);I.bindFramebuffer(F.READ_FRAMEBUFFER,te),I.bindFramebuffer(F.DRAW_FRAMEBUFFER,ne);for(let e=0;e<c;e++)w?F.framebufferTextureLayer(F.READ_FRAMEBUFFER,F.COLOR_ATTACHMENT0,n.__webglTexture,i,d+e):F.framebufferTexture2D(F.READ_FRAMEBUFFER,F.COLOR_ATTACHMENT0,F.TEXTURE_2D,n.__webglTexture,i),T?F.framebufferTextureLayer(F.DRAW_FRAMEBUFFER,F.COLOR_ATTACHMENT0,r.__webglTexture,a,m+e):F.framebufferTexture2D(F.DRAW_FRAMEBUFFER,F.COLOR_ATTACHMENT0,F.TEXTURE_2D,r.__webglTexture,a),i===0?T?F.copyTexSubImage3D(v,a,f,p,m+e,l,u,o,s):F.copyTexSubImage2D(v,a,f,p,l,u,o,s):F.blitFramebuffer(l,u,l+o,u+s,f,p,f+o,p+s,F.COLOR_BUFFER_BIT,F.NEAREST);I.bindFramebuffer(F.READ_FRAMEBUFFER,null),I.bindFramebuffer(F.DRAW_FRAMEBUFFER,null)}else T?e.isDataTexture||e.isData3DTexture?F.texSubImage3D(v,a,f,p,m,o,s,c,g,_,h.data):t.isCompressedArrayTexture?F.compressedTexSubImage3D(v,a,f,p,m,o,s,c,g,h.data):F.texSubImage3D(v,a,f,p,m,o,s,c,g,_,h):e.isDataTexture?F.texSubImage2D(F.TEXTURE_2D,a,f,p,o,s,g,_,h.data):e.isCompressedTexture?F.compressedTexSubImage2D(F.TEXTURE_2D,a,f,p,h.width,h.height,g,h.data):F.texSubImage2D(F.TEXTURE_2D,a,f,p,o,s,g,_,h);I.pixelStorei(F.UNPACK_ROW_LENGTH,y),I.pixelStorei(F.UNPACK_IMAGE_HEIGHT,b),I.pixelStorei(F.UNPACK_SKIP_PIXELS,x),I.pixelStorei(F.UNPACK_SKIP_ROWS,S),I.pixelStorei(F.UNPACK_SKIP_IMAGES,C),a===0&&t.generateMipmaps===!0&&t.mipmapsAutoUpdate===!0&&F.generateMipmap(v),I.unbindTexture()},this.initRenderTarget=function(e){L.get(e).__webglFramebuffer===void 0&&R.setupRenderTarget(e)},this.initTexture=function(e){e.isCubeTexture?R.setTextureCube(e,0):e.isData3DTexture?R.setTexture3D(e,0):e.isDataArrayTexture||e.isCompressedArrayTexture?R.setTexture2DArray(e,0):R.setTexture2D(e,0),I.unbindTexture()},this.resetState=function(){re=0,ie=0,M=null,I.reset(),it.reset()},typeof __THREE_DEVTOOLS__<`u`&&__THREE_DEVTOOLS__.dispatchEvent(new CustomEvent(`observe`,{detail:this}))}get coordinateSystem(){return ht}get outputColorSpace(){return this._outputColorSpace}set outputColorSpace(e){this._outputColorSpace=e;let t=this.getContext();t.drawingBufferColorSpace=He._getDrawingBufferColorSpace(e),t.unpackColorSpace=He._getUnpackColorSpace()}},Wi=new WeakMap,Gi=new Map,Ki=null,qi=0;function Ji(e){let t=Wi.get(e);if(t!==void 0)return typeof t==`string`?null:t;let n=e.getIndex();return!n||n.count/3<1e4||(Wi.set(e,`building`),At(()=>import(`./src-DG2IE4mx.js`).then(t=>Xi(e,t),()=>Wi.set(e,`none`)),__vite__mapDeps([0,1,2]),import.meta.url)),null}function Yi(e){Wi.delete(e);for(let[t,n]of Gi)n.geometry===e&&Gi.delete(t)}function Xi(e,t){let n=e.getIndex();if(Wi.get(e)!==`building`||!n)return;Ki??=Zi();let r=qi++;Gi.set(r,{geometry:e,library:t});let i={id:r,vertices:e.getAttribute(`position`).array,faces:n.array};Ki.postMessage(i)}function Zi(){let e=new Worker(new URL(new URL(`bvh.worker-B1z5fqFC.js`,import.meta.url).href,``+import.meta.url),{type:`module`});return e.onmessage=({data:t})=>{let n=Gi.get(t.id);Gi.delete(t.id),n&&Wi.set(n.geometry,t.bvh?n.library.MeshBVH.deserialize(t.bvh,n.geometry,{setIndex:!1}):`none`),Gi.size===0&&(e.terminate(),Ki===e&&(Ki=null))},e.onerror=()=>{for(let{geometry:e}of Gi.values())Wi.set(e,`none`);Gi.clear(),e.terminate(),Ki===e&&(Ki=null)},e}var Qi=class{members=[];get count(){return this.members.length}at(e){return this.members[e]}add(e){if(e.slot>=0)throw Error(`a member can be in one batch only`);return e.slot=this.members.length,this.members.push(e),e.slot}remove(e){if(this.members[e.slot]!==e)throw Error(`not a member of this batch`);let t=e.slot,n=this.members.pop();if(e.slot=-1,n===e)return-1;let r=this.members.length;return this.members[t]=n,n.slot=t,r}};function $i(e,t){let n=Math.max(t,16);for(;n<e;)n*=2;for(;n>1024&&e<n/4;)n/=2;return n}function ea(e,t){if(e===0)return 0;let n=e/2/t;return n===1||n===2||n===3?n:null}function ta(e,t,n=8){let r=[];for(let i=0;i+1<e.length;i+=2){let a=Math.floor(e[i]/n),o=Math.min(t,Math.ceil((e[i]+e[i+1])/n));a<o&&r.push([a,o])}return r}function na(){return{all:!1,parts:null,place:!1,harmonics:{all:!1,parts:null}}}var ra=`
uniform vec2 halfView;
out vec2 vUv;
void main() {
  // View-space slopes of the pixel; for a tile, the projection is shifted.
  vec2 slope = vec2(
    (position.x + projectionMatrix[2][0]) / projectionMatrix[0][0],
    (position.y + projectionMatrix[2][1]) / projectionMatrix[1][1]
  );
  vUv = 0.5 + 0.5 * slope / halfView;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`,ia=`
uniform highp sampler2D image;
uniform highp sampler2D depths;
uniform bool hasImage;
uniform bool hasDepths;
in vec2 vUv;
out vec4 fragColor;
void main() {
  // Colors are sRGB and unlit: written unchanged.
  if (!hasImage) discard;
  fragColor = vec4(texture(image, vUv).rgb, 1.0);
  gl_FragDepth = 1.0;
  if (!hasDepths) return;
  // A 24-bit distance in steps of 1e-5, red is the most significant byte.
  float z = dot(floor(texture(depths, vUv).rgb * 255.0 + 0.5), vec3(65536.0, 256.0, 1.0)) * 1e-5;
  if (z <= 0.0) {
    gl_FragDepth = 0.0;
    return;
  }
  float ndc = (-projectionMatrix[2][2] * z + projectionMatrix[3][2]) / z;
  gl_FragDepth = clamp(0.5 * ndc + 0.5, 0.0, 1.0);
}
`,aa=class{scene;images;changed;report;mesh;loading=[];waiting=[];shown=[null,null];constructor(e,t,n,r){this.scene=e,this.images=t,this.changed=n,this.report=r;let i=new L,a=new Float32Array([-1,-1,0,3,-1,0,-1,3,0]);i.setAttribute(`position`,new U(a,3));let o=new y({glslVersion:xe,vertexShader:ra,fragmentShader:`uniform mat4 projectionMatrix;\n${ia}`,uniforms:{halfView:{value:new tt(1,1)},image:{value:null},depths:{value:null},hasImage:{value:!1},hasDepths:{value:!1}}});this.mesh=new d(i,o),this.mesh.matrixAutoUpdate=!1,this.mesh.frustumCulled=!1,this.mesh.renderOrder=-1,this.mesh.onBeforeRender=(e,t,n)=>{let{fov:r,aspect:i}=n,a=Math.tan(r*Math.PI/360);o.uniforms.halfView.value.set(a*i,a),o.uniformsNeedUpdate=!0}}set(e){if(this.cancel(),this.report(null),!e.rgb_data||e.rgb_data.length===0){this.show(null,null);return}let t=e.depth_data&&e.depth_data.length>0?e.depth_data:null,n=null,r=null,i=t?2:1,a=(e,t)=>{t&&this.report(`a part of the background image can't be shown: ${t}`),e&&this.waiting.push(e),--i>0||(this.waiting=[],this.show(n,r))};this.loading.push(this.images.load(e.rgb_data,e.format,(e,t)=>{n=e,n&&(n.colorSpace=``),a(e,t)})),t&&this.loading.push(this.images.load(t,`png`,(e,t)=>{r=e,a(e,t)},{numbers:!0}))}dispose(){this.cancel(),this.show(null,null),this.mesh.geometry.dispose(),this.mesh.material.dispose()}cancel(){for(let e of this.loading)e.cancel();for(let e of this.waiting)e.dispose();this.loading=[],this.waiting=[]}show(e,t){for(let e of this.shown)e?.dispose();this.shown=[e,t];let n=this.mesh.material.uniforms;n.image.value=e,n.depths.value=t,n.hasImage.value=e!==null,n.hasDepths.value=t!==null,e?this.scene.add(this.mesh):this.mesh.removeFromParent(),this.changed()}};function oa(e){let t=[e.flat,e.wireframe,e.vertexColors,e.blend===!0,e.each===!0,e.unlit===!0];return`${e.material} ${e.side} ${e.opacity} ${t.map(Number).join(``)}`}var sa={front:0,back:1,double:2},ca={toon3:[40,140,255],toon5:[30,86,143,199,255]},la=class{shared=new Map;steps=new Map;acquire(e,t){let n=this.shared.get(e);return n||(n={material:this.make(t),users:0},this.shared.set(e,n)),n.users++,n.material}release(e){let t=this.shared.get(e);!t||--t.users>0||(t.material.dispose(),this.shared.delete(e),this.shared.size===0&&this.freeSteps())}make(e){let t=this.makePlain(e);return e.each&&ua(t),t}makePlain(e){let t=e.opacity<1||e.blend===!0||e.each===!0,n={side:sa[e.side]??0,wireframe:e.wireframe,vertexColors:e.vertexColors,transparent:t,opacity:e.opacity,depthWrite:!t};if(e.unlit)return new yt({...n,toneMapped:!1});let r=e.material===`standard`?void 0:ca[e.material];if(r){let t=new Ze({...n,gradientMap:this.stepTexture(e.material,r)});return t.flatShading=e.flat,t}return new N({...n,flatShading:e.flat,roughness:.42,metalness:0})}dispose(){for(let{material:e}of this.shared.values())e.dispose();this.shared.clear(),this.freeSteps()}stepTexture(e,t){let n=this.steps.get(e);return n||(n=new ge(new Uint8Array(t),t.length,1,le),n.minFilter=n.magFilter=Je,n.generateMipmaps=!1,n.unpackAlignment=1,n.needsUpdate=!0,this.steps.set(e,n)),n}freeSteps(){for(let e of this.steps.values())e.dispose();this.steps.clear()}};function ua(e){e.onBeforeCompile=e=>{e.vertexShader=e.vertexShader.replace(`void main() {`,`attribute float instanceOpacity;
varying float vInstanceOpacity;
void main() {
  vInstanceOpacity = instanceOpacity;`),e.fragmentShader=e.fragmentShader.replace(`void main() {`,`varying float vInstanceOpacity;
void main() {`).replace(`#include <color_fragment>`,`#include <color_fragment>
  diffuseColor.a *= vInstanceOpacity;`)},e.customProgramCacheKey=()=>`instance opacity`}function da(e,t=[0,0,0]){for(let n=0;n<3;n++){let r=Array.isArray(e)||ArrayBuffer.isView(e)?Number(e[n]):0,i=Math.min(1,Math.max(0,(Number.isFinite(r)?r:0)/255));t[n]=i<=.04045?i/12.92:((i+.055)/1.055)**2.4}return t}function fa(e){let t=t=>{let n=Array.isArray(e)||ArrayBuffer.isView(e)?Number(e[t]):0;return Math.min(1,Math.max(0,(Number.isFinite(n)?n:0)/255))};return[t(0),t(1),t(2)]}function pa(e){return`${e.shapeKey}|${oa(e.surface)}|${e.castShadow}|${e.receiveShadow}`}var ma=class{slot=-1;batch=null},ha=1,ga=class{key;look;geometry;material;owner;mesh;attributes=[];rows=[];slots=new Qi;capacity=0;dirtyFrom=1/0;dirtyTo=-1;looksDirty=!1;constructor(e,t,n,r,i){this.key=e,this.look=t,this.geometry=n,this.material=r,this.owner=i}get count(){return this.slots.count}add(e){this.slots.add(e),e.batch=this,this.resize(),this.mesh.count=this.slots.count,this.touch(e.slot),this.looksDirty=!0}remove(e){let t=e.slot,n=this.slots.remove(e);e.batch=null,n>=0&&(this.rows.forEach((e,r)=>{let i=this.attributes[r].itemSize;e.copyWithin(t*i,n*i,(n+1)*i)}),this.touch(t),this.looksDirty=!0),this.resize(),this.mesh.count=this.slots.count,this.owner.changed(this)}setPose(e,t,n,r,i){t.toMatrix(this.rows[0],e.slot*16,n,r,i),this.touch(e.slot)}setLook(e,t,n){this.rows[ha].set(t,e.slot*3),this.looksDirty=!0,this.touch(e.slot)}flush(){let[e,t]=this.takeDirty();if(t<e)return;let n=this.looksDirty?this.attributes:this.attributes.slice(0,ha);for(let r of n)r.addUpdateRange(e*r.itemSize,(t-e+1)*r.itemSize),r.needsUpdate=!0;this.looksDirty=!1}dispose(){this.dropMesh()}takeDirty(){let e=[this.dirtyFrom,Math.min(this.dirtyTo,this.count-1)];return this.dirtyFrom=1/0,this.dirtyTo=-1,e}makeAttributes(e,t){return e.instanceColor=new st(new Float32Array(t*3),3),e.instanceMatrix.setUsage(j),[e.instanceMatrix,e.instanceColor]}rowsOf(e){return e.array}touch(e){this.dirtyTo<0&&this.owner.changed(this),e<this.dirtyFrom&&(this.dirtyFrom=e),e>this.dirtyTo&&(this.dirtyTo=e)}resize(){let e=$i(this.slots.count,this.capacity);if(e===this.capacity)return;let t=this.rows,n=Math.min(e,this.capacity);this.capacity>0&&this.dropMesh(),this.capacity=e,this.mesh=this.makeMesh(e),this.attributes=this.makeAttributes(this.mesh,e),this.rows=this.attributes.map(e=>this.rowsOf(e)),t.forEach((e,t)=>{this.rows[t].set(e.subarray(0,n*this.attributes[t].itemSize))})}dropMesh(){this.mesh.removeFromParent(),this.mesh.dispose()}makeMesh(e){let t=new Ee(this.geometry,this.material,e);return t.count=this.slots.count,t.castShadow=this.look.castShadow,t.receiveShadow=this.look.receiveShadow,t.frustumCulled=!1,t.boundingSphere=new De,t.matrixAutoUpdate=!1,this.owner.stage.add(t),t}},_a=class{groups=new Map;enter(e,t){let n=this.groups.get(e);if(n||(n={members:new Set,together:!1},this.groups.set(e,n)),n.members.add(t),!n.together&&n.members.size>=200){n.together=!0;for(let e of n.members)e!==t&&e.regroup()}return n.together}leave(e,t){let n=this.groups.get(e);if(n?.members.delete(t)){if(n.members.size===0)this.groups.delete(e);else if(n.together&&n.members.size<50){n.together=!1;for(let e of n.members)e.regroup()}}}},va=[0,0,0],ya=1e4,ba=64;function xa(e,t=null,n=3){let r=Ea(e,n);return r?t&&Da(r,t)<=ya?t:Da(r,va)>ya?r:va:t??va}function Sa(e,t,n=3){if(e===va)return t;let r=t.slice();return Ca(e,t,r,0,t.length/n,n),r}function Ca([e,t,n],r,i,a,o,s=3){for(let c=a*s,l=o*s;c+2<l;c+=s)i[c]=r[c]-e,i[c+1]=r[c+1]-t,i[c+2]=r[c+2]-n}function wa(e,t){let n=e.matrix.elements;t.every((e,t)=>n[12+t]===e)||(e.matrix.setPosition(...t),e.updateMatrixWorld(!0))}function Ta(e,[t,n,r]){let i=e.elements;for(let e=0;e<3;e++)i[12+e]+=i[e]*t+i[4+e]*n+i[8+e]*r;return e}function Ea(e,t){let n=Math.floor(e.length/t),r=Math.min(n,ba),i=[[],[],[]];for(let a=0;a<r;a++){let o=Math.floor(a*n/r)*t,[s,c,l]=[e[o],e[o+1],e[o+2]];Number.isFinite(s+c+l)&&(i[0].push(s),i[1].push(c),i[2].push(l))}if(i[0].length===0)return null;let a=e=>e.sort((e,t)=>e-t)[e.length>>1];return[a(i[0]),a(i[1]),a(i[2])]}function Da(e,t){return Math.hypot(e[0]-t[0],e[1]-t[1],e[2]-t[2])}var q=class{px=0;py=0;pz=0;qx=0;qy=0;qz=0;qw=1;copy(e){return this.px=e.px,this.py=e.py,this.pz=e.pz,this.qx=e.qx,this.qy=e.qy,this.qz=e.qz,this.qw=e.qw,this}reset(){return this.px=this.py=this.pz=0,this.qx=this.qy=this.qz=0,this.qw=1,this}setPosition(e,t,n){return e-e+(t-t)+(n-n)===0&&(this.px=e,this.py=t,this.pz=n,!0)}setWxyz(e,t,n,r){let i=Math.sqrt(e*e+t*t+n*n+r*r);return!(i>1e-12)||i===1/0?!1:(this.qw=e/i,this.qx=t/i,this.qy=n/i,this.qz=r/i,!0)}compose(e,t){let n=e.qx,r=e.qy,i=e.qz,a=e.qw,o=t.qx,s=t.qy,c=t.qz,l=t.qw;this.qx=a*o+n*l+r*c-i*s,this.qy=a*s-n*c+r*l+i*o,this.qz=a*c+n*s-r*o+i*l,this.qw=a*l-n*o-r*s-i*c;let{px:u,py:d,pz:f}=t,p=2*(r*f-i*d),m=2*(i*u-n*f),h=2*(n*d-r*u);return this.px=e.px+u+a*p+r*h-i*m,this.py=e.py+d+a*m+i*p-n*h,this.pz=e.pz+f+a*h+n*m-r*p,this}invert(e){let{px:t,py:n,pz:r}=e;this.qx=-e.qx,this.qy=-e.qy,this.qz=-e.qz,this.qw=e.qw;let i=this.rotate([t,n,r]);return this.px=-i[0],this.py=-i[1],this.pz=-i[2],this}translate(e,t=1){return this.px+=t*e[0],this.py+=t*e[1],this.pz+=t*e[2],this}rotate(e){let{qx:t,qy:n,qz:r,qw:i}=this,a=2*(n*e[2]-r*e[1]),o=2*(r*e[0]-t*e[2]),s=2*(t*e[1]-n*e[0]);return[e[0]+i*a+n*s-r*o,e[1]+i*o+r*a-t*s,e[2]+i*s+t*o-n*a]}apply(e){let t=this.rotate(e);return[t[0]+this.px,t[1]+this.py,t[2]+this.pz]}toMatrix(e,t,n,r,i){let{qx:a,qy:o,qz:s,qw:c}=this,l=a+a,u=o+o,d=s+s,f=a*l,p=a*u,m=a*d,h=o*u,g=o*d,_=s*d,v=c*l,y=c*u,b=c*d;e[t]=(1-h-_)*n,e[t+1]=(p+b)*n,e[t+2]=(m-y)*n,e[t+3]=0,e[t+4]=(p-b)*r,e[t+5]=(1-f-_)*r,e[t+6]=(g+v)*r,e[t+7]=0,e[t+8]=(m+y)*i,e[t+9]=(g-v)*i,e[t+10]=(1-f-h)*i,e[t+11]=0,e[t+12]=this.px,e[t+13]=this.py,e[t+14]=this.pz,e[t+15]=1}};function Oa(e){return typeof e==`number`?Number.isFinite(e)?[e,e,e]:null:!Array.isArray(e)||e.length!==3?null:e.every(e=>typeof e==`number`&&Number.isFinite(e))?[e[0],e[1],e[2]]:null}var ka={count:0,origin:va,matrices:new Float32Array,reach:new Float32Array,ids:new Uint32Array,total:0,problem:null};function Aa(e,t,n){let r=e=>({...ka,problem:e});if(!(e instanceof Float32Array)||!(t instanceof Float32Array))return r(`the poses of its instances must be arrays of numbers`);let i=Math.floor(t.length/3);if(t.length!==3*i||e.length!==4*i)return r(`the numbers of its instances' orientations and positions differ`);if(n!=null&&!(n instanceof Float32Array))return r(`the scales of its instances must be an array of numbers`);let a=n?n.length/i:0;if(n&&i>0&&a!==1&&a!==3)return r(`its instances must have one or three scales each`);let o=new Float32Array(16*i),s=new Float32Array(i),c=new Uint32Array(i),l=new q,u=[1,1,1],d=xa(t),[f,p,m]=d,h=0;for(let r=0;r<i;r++){if(n)for(let e=0;e<3;e++)u[e]=n[a===1?r:3*r+e];let[i,d,g]=u,_=4*r;i-i+(d-d)+(g-g)===0&&l.setPosition(t[3*r]-f,t[3*r+1]-p,t[3*r+2]-m)&&l.setWxyz(e[_],e[_+1],e[_+2],e[_+3])&&(l.toMatrix(o,16*h,i,d,g),s[h]=Math.max(Math.abs(i),Math.abs(d),Math.abs(g)),c[h]=r,h++)}let g=i-h;return{count:h,origin:d,matrices:g>0?o.slice(0,16*h):o,reach:s,ids:c,total:i,problem:g>0?`${g} of ${i} instances have no finite pose: left out`:null}}var ja=class{starts=new Uint32Array(Na+1);keys=new Uint16Array;order=new Uint32Array;sort(e,t){this.keys.length<t&&(this.keys=new Uint16Array(t),this.order=new Uint32Array(t));let n=1/0,r=-1/0;for(let i=0;i<t;i++)n=Math.min(n,e[i]),r=Math.max(r,e[i]);let i=r>n?(Na-1)/(r-n):0,{starts:a,keys:o,order:s}=this;a.fill(0);for(let n=0;n<t;n++){let t=Math.round((r-e[n])*i);o[n]=t,a[t+1]++}for(let e=0;e<Na;e++)a[e+1]+=a[e];for(let e=0;e<t;e++)s[a[o[e]]++]=e;return s}};function Ma(e,t,n,r){for(let i=0;i<n.length;i++){let a=n[i]*r;for(let n=0;n<r;n++)t[i*r+n]=e[a+n]}}var Na=4096,Pa=2,Fa=class extends ga{depth=new ja;distances=new Float32Array;stale=!0;setLook(e,t,n){super.setLook(e,t,n),this.rows[Pa][e.slot]=n}flush(){this.takeDirty(),this.stale=!0}arrange(e,t,n,r){if(!r&&!this.stale)return;this.stale=!1;let i=this.depth.sort(this.measure(e,t,n),this.count).subarray(0,this.count);this.attributes.forEach((e,t)=>{let{itemSize:n,array:r}=e;Ma(this.rows[t],r,i,n),e.clearUpdateRanges(),e.addUpdateRange(0,this.count*n),e.needsUpdate=!0})}dispose(){super.dispose(),this.geometry.dispose()}makeAttributes(e,t){let n=new st(new Float32Array(t),1);return n.setUsage(j),this.geometry.dispose(),this.geometry.setAttribute(`instanceOpacity`,n),[...super.makeAttributes(e,t),n]}rowsOf(e){return new Float32Array(e.array.length)}measure(e,t,n){let{count:r}=this,i=this.rows[0];this.distances.length<r&&(this.distances=new Float32Array(i.length/16));let a=0,o=0,s=0;for(let c=0,l=12;c<r;c++,l+=16){let r=i[l],u=i[l+1],d=i[l+2];a+=r,o+=u,s+=d,this.distances[c]=Math.hypot(r-e,u-t,d-n)}return this.mesh.boundingSphere.center.set(a/r,o/r,s/r),this.distances}},Ia=class{stage;shapes;surfaces;groups=new _a;batches=new Map;sorted=new Set;dirty=new Set;eye={x:NaN,y:NaN,z:NaN};constructor(e,t,n){this.stage=e,this.shapes=t,this.surfaces=n}get batchCount(){return this.batches.size}join(e,t){let n=pa(t);if(e.batch?.key===n)return e.batch;this.leave(e);let r=this.batches.get(n);return r||(r=this.make(n,t),this.batches.set(n,r)),r.add(e),r}leave(e){e.batch?.remove(e)}changed(e){this.dirty.add(e)}flush(e){for(let e of this.dirty)e.count>0?e.flush():this.free(e);if(this.dirty.clear(),this.sorted.size===0)return;let[t,n,r]=e.matrixWorld.elements.slice(12,15),{eye:i}=this,a=t!==i.x||n!==i.y||r!==i.z;Object.assign(i,{x:t,y:n,z:r});for(let e of this.sorted)e.arrange(t,n,r,a)}dispose(){for(let e of this.batches.values())this.free(e);this.dirty.clear()}make(e,t){let n=this.shapes.acquire(t.shapeKey,t.makeShape),r=this.surfaces.acquire(oa(t.surface),t.surface);if(!t.surface.each)return new ga(e,t,n,r,this);let i=new Fa(e,t,n.clone(),r,this);return this.sorted.add(i),i}free(e){e.dispose(),this.batches.delete(e.key),this.sorted.delete(e),this.shapes.release(e.look.shapeKey),this.surfaces.release(oa(e.look.surface))}},La=new Te(Math.SQRT1_2,0,0,Math.SQRT1_2),Ra=class{scene;root;setDefault;images;changed;report;message=null;texture=null;generation=0;fogReceived=!1;mapReceived=!1;constructor(e,t,n,r,i,a){this.scene=e,this.root=t,this.setDefault=n,this.images=r,this.changed=i,this.report=a}replayStart(){this.fogReceived=!1,this.mapReceived=!1}replayDone(){this.fogReceived||(this.scene.fog=null),!this.mapReceived&&this.message&&(this.message=null,this.show(null),this.setDefault(!0)),this.changed()}setFog(e){this.fogReceived=!0;let t=e.enabled&&Number.isFinite(e.near)&&Number.isFinite(e.far),n=Math.max(e.far,e.near+1e-6);this.scene.fog=t?new fe(new z().setRGB(...da(e.color)),e.near,n):null,this.changed()}setMap(e){this.mapReceived=!0;let t=this.message?.hdri_data??null;this.message=e,this.setDefault(!1),e.hdri_data?t&&this.texture&&Ba(t,e.hdri_data)?(this.generation++,this.show(this.texture)):this.load(e.hdri_data):(this.generation++,this.show(null))}rootTurned(){this.texture&&this.show(this.texture)}dispose(){this.generation++,this.show(null),this.scene.fog=null}load(e){let t=++this.generation,n=At(async()=>{let{decodeHdr:e}=await import(`./hdr-DNgWAAb8.js`);return{decodeHdr:e}},__vite__mapDeps([3,2,4,5]),import.meta.url).then(({decodeHdr:t})=>t(e,this.images.maxSize)).then(e=>{t===this.generation?this.show(e):e.dispose()},e=>{if(t!==this.generation)return;this.show(null);let n=e instanceof Error?e.message:String(e);this.report(`the environment map can't be shown: ${n}`)});this.images.wait(n)}show(e){this.report(null),this.texture!==e&&this.texture?.dispose(),this.texture=e;let{scene:t,message:n}=this;t.environment=e,t.background=e&&n?.background?e:null,n&&(t.environmentIntensity=za(n.environment_intensity,1),t.backgroundIntensity=za(n.background_intensity,1),t.backgroundBlurriness=Math.min(za(n.background_blurriness,0),1),this.setRotation(t.environmentRotation,n.environment_wxyz),this.setRotation(t.backgroundRotation,n.background_wxyz)),this.changed()}setRotation(e,t){let{qx:n,qy:r,qz:i,qw:a}=this.root,[o,s,c,l]=t,u=new Te(s,c,l,o),d=u.length();d>0&&d<1/0||u.identity();let f=new Te(n,r,i,a).multiply(u.normalize()).multiply(La);e.setFromQuaternion(f)}};function za(e,t){return e>=0&&e<1/0?e:t}function Ba(e,t){return e.length===t.length&&e.every((e,n)=>e===t[n])}var Va=(e,t,{numbers:n})=>createImageBitmap(new Blob([e],{type:t}),{imageOrientation:`flipY`,premultiplyAlpha:`none`,colorSpaceConversion:n?`none`:`default`}),Ha=class{decode;pending=new Set;maxSize=4096;anisotropy=4;constructor(e=Va){this.decode=e}load(e,t,n,r={}){let i=!1,a=this.decodeSized(e,`image/${t}`,r).then(e=>{i?e.close():n(this.texture(e,r),null)},()=>{i||n(null,`its ${t} image (${e.length} bytes) can't be decoded`)});return this.wait(a),{cancel(){i=!0}}}wait(e){this.pending.add(e),e.finally(()=>this.pending.delete(e))}async settled(){for(;this.pending.size>0;)await Promise.allSettled(this.pending)}async decodeSized(e,t,n){let r=await this.decode(e,t,n),i=Math.max(r.width,r.height);if(i<=this.maxSize)return r;let a=this.maxSize/i,o=await createImageBitmap(r,{resizeWidth:Math.max(1,Math.floor(r.width*a)),resizeHeight:Math.max(1,Math.floor(r.height*a)),resizeQuality:n.numbers?`pixelated`:`high`,premultiplyAlpha:`none`});return r.close(),o}texture(e,{numbers:t}){let n=new ze(e);return n.flipY=!1,n.colorSpace=x,n.minFilter=pt,n.magFilter=$e,n.anisotropy=this.anisotropy,t&&(n.colorSpace=``,n.minFilter=n.magFilter=Je,n.generateMipmaps=!1,n.anisotropy=1),n.needsUpdate=!0,n.addEventListener(`dispose`,t=>e.close()),n}},Ua=`system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"`,Wa=2,Ga=class{canvas;g;font=``;constructor(){this.canvas=document.createElement(`canvas`),this.canvas.width=this.canvas.height=256,this.g=this.canvas.getContext(`2d`,{willReadFrequently:!0})}metrics(e){this.use(e);let t=this.g.measureText(`Hg`);return{ascent:t.fontBoundingBoxAscent,descent:t.fontBoundingBoxDescent}}advance(e,t){return this.use(t),this.g.measureText(e.text).width}draw(e,t,n){this.use(t);let r=this.g.measureText(e.text),i=Math.floor(-r.actualBoundingBoxLeft)-Wa,a=Math.ceil(r.actualBoundingBoxRight)+Wa,o=Math.ceil(r.actualBoundingBoxAscent)+Wa,s=Math.ceil(r.actualBoundingBoxDescent)+Wa,c=Math.min(a-i,n),l=Math.min(o+s,n);if(!(a-i>4)||!(o+s>4))return null;this.ensure(c,l),this.use(t),this.g.clearRect(0,0,c,l),this.g.fillStyle=`#fff`,this.g.fillText(e.text,-i,o);let{data:u}=this.g.getImageData(0,0,c,l);return{pixels:e.colored?u.slice():Ka(u),width:c,height:l,left:i,top:o}}ensure(e,t){e<=this.canvas.width&&t<=this.canvas.height||(this.canvas.width=Math.max(this.canvas.width,e),this.canvas.height=Math.max(this.canvas.height,t),this.font=``)}use(e){let t=`${e}px ${Ua}`;this.font!==t&&(this.font=t,this.g.font=t,this.g.textBaseline=`alphabetic`)}};function Ka(e){let t=new Uint8Array(e.length/4);for(let n=0;n<t.length;n++)t[n]=e[4*n+3];return t}var qa=class{owner;spec;onProblem;quads=null;first=0;x=0;y=0;z=0;shiftX=0;shiftY=0;faded=!1;depth=0;shown=!1;unwrappedWidth=0;constructor(e,t,n){this.owner=e,this.spec=t,this.onProblem=n}set(e){this.owner.replace(this,e)}moveTo(e,t,n){this.x=e,this.y=t,this.z=n,this.owner.moved(this)}show(e){e!==this.shown&&(this.shown=e,this.owner.changed(this))}remove(){this.owner.drop(this)}get box(){let e=this.quads;if(!e)return null;let t=Math.abs(e[3]);return[e[4]*t,e[5]*t,e[6]*t,e[7]*t]}report(e){this.onProblem(e)}};function Ja(e,t,n,r){let i=t*16,{entry:a}=n;e[i+3]=n.scale,e.set(n.rect,i+4),a&&(e[i+8]=a.x/r,e[i+9]=a.y/r,e[i+10]=a.width/r,e[i+11]=a.height/r,e[i+13]=a.page),e[i+12]=n.kind}function Ya(e,t,n,r){let{x:i,y:a,z:o,shiftX:s,shiftY:c}=r,l=r.faded?4:0;for(let r=0;r<n.length;r+=16){let u=t+r;e[u]=i,e[u+1]=a,e[u+2]=o,e[u+12]=n[r+12]+l,e[u+14]=s,e[u+15]=c}}var Xa=class{mesh;labels=[];buffer;refill=!0;movedFrom=1/0;movedTo=-1;constructor(e,t){this.buffer=new Oe(new Float32Array(1024),16,1),this.mesh=new d(this.makeGeometry(),e),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1,this.mesh.visible=!1,this.mesh.renderOrder=t?900:1e3}sort(e,t){if(this.labels.length<2)return;e.getWorldDirection(t);let n=null,r=!0;for(let e of this.labels)e.depth=e.x*t.x+e.y*t.y+e.z*t.z,n&&Za(n,e)>0&&(r=!1),n=e;r||(this.labels.sort(Za),this.refill=!0)}moved(e){if(this.refill||!e.shown||!e.quads)return;let t=e.quads.length/16;Ya(this.buffer.array,e.first*16,e.quads,e),this.movedFrom=Math.min(this.movedFrom,e.first),this.movedTo=Math.max(this.movedTo,e.first+t)}upload(){this.refill?this.fill():this.movedTo>this.movedFrom&&(this.buffer.addUpdateRange(this.movedFrom*16,(this.movedTo-this.movedFrom)*16),this.buffer.needsUpdate=!0),this.refill=!1,this.movedFrom=1/0,this.movedTo=-1}dispose(){this.mesh.removeFromParent(),this.mesh.geometry.dispose()}fill(){let e=0;for(let t of this.labels)t.shown&&t.quads&&(e+=t.quads.length/16);let t=this.buffer.array.length/16,n=$i(e,t);n!==t&&(this.mesh.geometry.dispose(),this.buffer=new Oe(new Float32Array(16*n),16,1),this.mesh.geometry=this.makeGeometry());let r=this.buffer.array,i=0;for(let e of this.labels)e.shown&&e.quads&&(e.first=i/16,r.set(e.quads,i),Ya(r,i,e.quads,e),i+=e.quads.length);this.buffer.clearUpdateRanges(),this.buffer.addUpdateRange(0,i),this.buffer.needsUpdate=!0,this.mesh.geometry.instanceCount=e,this.mesh.visible=e>0}makeGeometry(){let e=new T,n=new Float32Array([0,0,1,0,1,1,0,1]);e.setAttribute(`corner`,new U(n,2)),e.setIndex(new U(new Uint16Array([0,1,2,0,2,3]),1)),e.boundingSphere=new De,this.buffer.setUsage(j);let r=(e,n)=>new t(this.buffer,e,n);return e.setAttribute(`anchorScale`,r(4,0)),e.setAttribute(`rect`,r(4,4)),e.setAttribute(`uvRect`,r(4,8)),e.setAttribute(`look`,r(4,12)),e}};function Za(e,t){return Number(t.faded)-Number(e.faded)||t.depth-e.depth}var Qa=64,$a=class{rects=new Map;cells=[];columns=1;rows=1;reset(e,t){this.rects.clear(),this.columns=Math.max(1,Math.ceil(e/Qa)),this.rows=Math.max(1,Math.ceil(t/Qa));let n=this.columns*this.rows;for(;this.cells.length<n;)this.cells.push([]);for(let e of this.cells)e.length=0}free(e,t,n){let r=[e[0]-t,e[1]-t,e[2]+2*t,e[3]+2*t];return this.eachCell(r,e=>e.every(e=>e===n||!to(r,this.rects.get(e))))}put(e,t){let n=this.rects.get(e);n&&this.eachCell(n,t=>(t.splice(t.indexOf(e),1),!0)),this.rects.set(e,t),this.eachCell(t,t=>(t.push(e),!0))}eachCell(e,t){let n=e=>eo(Math.floor(e/Qa),this.columns-1),r=e=>eo(Math.floor(e/Qa),this.rows-1),[i,a,o,s]=e;for(let e=r(a);e<=r(a+s);e++)for(let r=n(i);r<=n(i+o);r++)if(!t(this.cells[e*this.columns+r]))return!1;return!0}};function eo(e,t){return Math.min(Math.max(e,0),t)}function to(e,t){return e[0]<t[0]+t[2]&&t[0]<e[0]+e[2]&&e[1]<t[1]+t[3]&&t[1]<e[1]+e[3]}var no=2,ro=4,io=[[0,!1],[1,!1],[-1,!1],[0,!0],[1,!0],[-1,!0],[2,!1],[-2,!1],[2,!0],[-2,!0],[3,!1],[-3,!1]],ao=class{positions=new Map;taken=new $a;width=0;height=0;place(e,t,n){this.width=t,this.height=n,this.taken.reset(t,n);let r=[],i=[];for(let[t,n]of e.entries()){let e=this.positions.get(n.key),a=e!==void 0&&this.take(t,n,e,0);r.push(this.placed(n,a?e:-1)),a||i.push(t)}i.sort((t,n)=>e[t].depth-e[n].depth);for(let t of i)this.search(t,e[t],io.length,r);for(let[t,{position:n}]of r.entries())n>0&&this.search(t,e[t],n,r);this.positions=new Map;for(let[t,{position:n}]of r.entries())n>=0&&this.positions.set(e[t].key,n);return r}search(e,t,n,r){for(let i=0;i<n;i++)if(this.take(e,t,i,ro)){r[e]=this.placed(t,i);return}}take(e,t,n,r){let i=this.rectAt(t,n);return this.taken.free(i,r,e)?(this.taken.put(e,i),!0):!1}placed(e,t){let{x:n,y:r,box:i}=e,[a,o]=this.rectAt(e,Math.max(0,t));return{position:t,shiftX:a-(n+i[0]),shiftY:o-(r+i[1])}}rectAt({x:e,y:t,box:n},r){let[i,a]=io[r],[o,s,c,l]=n,u=a?-(o+c):o,d=s+i*(l+ro+1);return[oo(e,u,c,this.width,!1),oo(t,d,l,this.height,!0),c,l]}};function oo(e,t,n,r,i){let a=Math.min(Math.max(e,0),r),o=r-no-n,s=no;return(o<s&&i?o:Math.max(s,Math.min(o,a+t)))+(e-a)}var so=`
uniform vec2 viewport;
uniform float pixelRatio;
in vec2 corner;
in vec4 anchorScale;
in vec4 rect;
in vec4 uvRect;
in vec4 look;        // kind, page, shift in CSS pixels
out vec2 vUv;
flat out vec2 vKindPage;
flat out float vAlpha;
out vec2 vInChip;
flat out vec2 vChipSize;

void main() {
  vUv = uvRect.xy + vec2(corner.x, 1.0 - corner.y) * uvRect.zw;
  bool faded = look.x >= 4.0;
  vAlpha = faded ? 0.3 : 1.0;
  vKindPage = vec2(faded ? look.x - 4.0 : look.x, look.y);
  vec2 place = rect.xy + corner * rect.zw;
  vec4 view = viewMatrix * vec4(anchorScale.xyz, 1.0);
  float perPixel;
  if (anchorScale.w > 0.0) {
    // Screen-sized: scale is CSS pixels per pixel of the pieces.
    vec4 clip = projectionMatrix * view;
    float k = anchorScale.w * pixelRatio;
    vec2 pixel = floor((clip.xy / clip.w * 0.5 + 0.5) * viewport + 0.5) + place * k;
    pixel += floor(look.zw * pixelRatio + 0.5);
    gl_Position = vec4((pixel / viewport * 2.0 - 1.0) * clip.w, clip.zw);
    if (clip.w <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    perPixel = k;
  } else {
    // Scene-sized: scale is minus the scene units per pixel of the pieces.
    view.xy -= place * anchorScale.w;
    gl_Position = projectionMatrix * view;
    perPixel = 1.0;
  }
  vInChip = corner * rect.zw * perPixel;
  vChipSize = rect.zw * perPixel;
  if (any(isnan(view)) || any(isinf(view))) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`,co=`
precision highp sampler2DArray;
uniform sampler2DArray text;
uniform sampler2DArray pictures;
uniform vec4 textColor;
uniform vec4 chipColor;
in vec2 vUv;
flat in vec2 vKindPage;
flat in float vAlpha;
in vec2 vInChip;
flat in vec2 vChipSize;
out vec4 fragColor;

void main() {
  // Sampled unconditionally: mipmap levels are undefined in non-uniform control flow.
  float coverage = texture(text, vec3(vUv, vKindPage.y)).r;
  vec4 picture = texture(pictures, vec3(vUv, vKindPage.y));
  float radius = 0.22 * min(vChipSize.y, vChipSize.x);
  vec2 toEdge = abs(vInChip - 0.5 * vChipSize) - 0.5 * vChipSize + radius;
  float outside = length(max(toEdge, 0.0)) - radius;
  float chip = clamp(0.5 - outside / max(fwidth(outside), 1e-6), 0.0, 1.0);
  if (vKindPage.x < 0.5) fragColor = vec4(chipColor.rgb, chipColor.a * chip);
  else if (vKindPage.x < 1.5) fragColor = vec4(textColor.rgb, textColor.a * coverage);
  else fragColor = picture;
  fragColor.a *= vAlpha;
  if (fragColor.a <= 0.0) discard;
}
`;function lo(e,t,n){return{viewport:e.viewport,pixelRatio:e.pixelRatio,text:{value:t},pictures:{value:n},textColor:{value:[0,0,0,1]},chipColor:{value:[1,1,1,1]}}}function uo(e,t){let n=new y({glslVersion:xe,vertexShader:so,fragmentShader:co,transparent:!0,depthWrite:!1,depthTest:t});return n.uniforms=e,n}function fo(e,t){e.textColor.value=t?[.945,.953,.961,1]:[.102,.106,.118,1],e.chipColor.value=t?[.13,.135,.15,.82]:[1,1,1,.82]}var po=class{pageSize;maxPages;pages=[];constructor(e,t){this.pageSize=e,this.maxPages=t}get pageCount(){return this.pages.length}add(e,t){if(e>this.pageSize||t>this.pageSize||e<=0||t<=0)return null;for(let n=0;n<this.pages.length;n++){let r=this.addTo(n,e,t);if(r)return r}return this.pages.length>=this.maxPages?null:(this.pages.push({shelves:[],bottom:0}),this.addTo(this.pages.length-1,e,t))}clear(){this.pages=[]}addTo(e,t,n){let r=this.pages[e],i=null;for(let e of r.shelves)e.height>=n&&e.height<=n*1.5+4&&e.x+t<=this.pageSize&&(!i||e.height<i.height)&&(i=e);if(!i){if(r.bottom+n>this.pageSize)return null;i={y:r.bottom,height:n,x:0},r.shelves.push(i),r.bottom+=n}let a={page:e,x:i.x,y:i.y};return i.x+=t,a}},mo=class{source;colored;pageSize;texture;packer;entries=new Map;pagesMade=0;constructor(e,t,n,r){this.source=e,this.colored=t,this.pageSize=n,this.packer=new po(n,r),this.texture=this.makeTexture(1,1)}get(e,t){let n=`${t} ${e.text}`,r=this.entries.get(n);if(r!==void 0)return r;let i=this.source.draw(e,t,this.pageSize);if(!i)return this.entries.set(n,null),null;let a=this.packer.add(i.width,i.height);if(!a)return`full`;this.grow(this.packer.pageCount),this.blit(i.pixels,i.width,i.height,a.page,a.x,a.y);let{width:o,height:s,left:c,top:l}=i,u={...a,width:o,height:s,left:c,top:l};return this.entries.set(n,u),u}get pageCount(){return this.packer.pageCount}clear(){this.entries.clear(),this.packer.clear(),this.texture.image.data.fill(0),this.texture.clearLayerUpdates(),this.texture.needsUpdate=!0}dispose(){this.texture.dispose()}get channels(){return this.colored?4:1}grow(e){let t=this.pagesMade;if(e<=t)return;this.pagesMade=Math.max(1,t*2);let n=this.makeTexture(this.pageSize,this.pagesMade);t>0&&n.image.data.set(this.texture.image.data);for(let e=0;e<t;e++)n.addLayerUpdate(e);this.texture.dispose(),this.texture=n}makeTexture(e,t){let n=new _t(new Uint8Array(e*e*t*this.channels),e,e,t);return n.format=this.colored?je:le,n.minFilter=pt,n.magFilter=$e,n.generateMipmaps=!0,n.unpackAlignment=1,n.needsUpdate=!0,n}blit(e,t,n,r,i,a){let o=this.channels,s=this.pageSize,c=this.texture.image.data;for(let l=0;l<n;l++){let n=((r*s+a+l)*s+i)*o;c.set(e.subarray(l*t*o,(l+1)*t*o),n)}this.texture.addLayerUpdate(r),this.texture.needsUpdate=!0}},ho=1.25,go=.35,_o=.15;function vo(e){let[t,n]=e.split(`-`);return[n===`left`?0:n===`right`?1:.5,t===`top`?0:t===`bottom`?1:.5]}function yo(e,t,n,r,i){let a=e.map(e=>e.reduce((e,t)=>e+r(t),0)),o=Math.round(t*ho),s=Math.round(t*go),c=Math.round(t*_o),l=Math.ceil(Math.max(0,...a))+2*s,u=o*e.length+2*c,[d,f]=vo(i),p=Math.round(-l*d),m=Math.round(u*f),h=i.endsWith(`left`)?0:i.endsWith(`right`)?1:.5,g=[],_=Math.round((o-n.ascent-n.descent)/2+n.ascent);for(let t=0;t<e.length;t++){let n=p+s+Math.round((l-2*s-a[t])*h),i=m-c-t*o-_;for(let a of e[t])g.push({token:a,x:n,y:i}),n+=r(a)}return{tokens:g,box:[p,m-u,l,u]}}var bo=2e3,xo=/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u,So=`(?:\\p{RI}\\p{RI}|[#*0-9]\\uFE0F?\\u20E3|\\p{Emoji_Presentation}(?:\\uFE0F|\\p{EMod})?(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})?)*|\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})?)*)`,Co=`[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u30FC]`,wo=`(?!${Co})\\p{L}`,To=RegExp(`(${So})|${Co}\\p{M}*|${wo}(?:${wo}|[\\p{M}\\u200C\\u200D'’])*|[^\\p{M}]\\p{M}*|\\p{M}+`,`gsu`);function Eo(e){let t=!1,n=e;n.length>2e3&&(n=`${[...n.slice(0,bo)].slice(0,-1).join(``)}…`,t=!0);let r=n.replace(/\t/g,`    `).split(/\r\n|\r|\n/);return r.length>64&&(r=[...r.slice(0,64),`…`],t=!0),{lines:r.map(Do),cut:t}}function Do(e){if(xo.test(e))return[{text:e,colored:!1}];let t=[];for(let n of e.matchAll(To))t.push({text:n[0],colored:n[1]!==void 0});return t}var Oo=RegExp(`^${Co}`,`u`),ko=e=>e.text===` `,Ao=e=>({text:e,colored:!1});function jo(e,t,n){let{line:r}=t,i=Math.min(r,t.token);if(e.length===1&&xo.test(e[0].text))return No(e[0],i,n).map(e=>[e]);if(e.reduce((e,t)=>e+n(t),0)<=r&&e.every(e=>n(e)<=i))return[[...e]];let a=[],o=[],s=0,c=()=>{for(;o.length>0&&ko(o.at(-1));)o.pop();a.push(o),o=[],s=0},l=e=>{o.push(e),s+=n(e)};for(let t of Mo(e)){let e=t.reduce((e,t)=>e+n(t),0);if(ko(t[0]))(o.length>0||a.length===0)&&l(t[0]);else{s+e>r&&s>0&&c();for(let e of t)for(let t of No(e,i,n))s+n(t)>r&&s>0&&c(),l(t)}}return o.length>0&&c(),a}function Mo(e){let t=[],n=!1;for(let r of e){let e=ko(r)||r.colored||Oo.test(r.text);n&&!e?t.at(-1).push(r):t.push([r]),n=!e}return t}function No(e,t,n){if(e.colored||n(e)<=t)return[e];let r=e.text.includes(` `)?e.text.split(/(?<= )/):[...new Intl.Segmenter(void 0,{granularity:`grapheme`}).segment(e.text)].map(({segment:e})=>e),i=[],a=``;for(let e of r){let r=Ao(a+e);a!==``&&n(Ao(r.text.trimEnd()))>t?(i.push(Ao(a.trimEnd())),a=e):a=r.text}return i.push(Ao(a.trimEnd())),i.flatMap(r=>r.text.length<e.text.length?No(r,t,n):[r])}var Po=13,Fo=64,Io=256,Lo=40,Ro=.9,zo=16,Bo=class e{glyphs;pages;text;pictures;pixelRatio=1;pictureWidth=1/0;constructor(e,t){this.glyphs=e,this.pages=t,this.text=new mo(e,!1,t.size,t.text),this.pictures=new mo(e,!0,t.size,t.color)}static widestLine(e){return Ro*e}set(e){let{spec:t}=e,n=t.mode===`screen`?Po*t.size:t.size;if(e.quads=null,e.unwrappedWidth=0,!(n>0)||!Number.isFinite(n))return e.report(`its size must be a positive number`),!0;let{px:r,scale:i}=this.resolution(t.mode,n),{lines:a,cut:o}=Eo(t.text);e.report(o?`its text is too long and was cut`:null);let s=e=>this.glyphs.advance(e,r);t.mode===`screen`&&(e.unwrappedWidth=Math.max(...a.map(e=>e.reduce((e,t)=>e+s(t),0)))*i);let c={line:this.longestLine(t.mode,r,i),token:this.pages.size-zo},l=yo(a.flatMap(e=>jo(e,c,s)),r,this.glyphs.metrics(r),s,t.anchor);return this.write(e,l,r,i)}clear(){this.text.clear(),this.pictures.clear()}dispose(){this.text.dispose(),this.pictures.dispose()}write(e,t,n,r){let i=new Float32Array((t.tokens.length+1)*16),a=e.spec.mode===`screen`,o=!0,s=0,c={scale:r,rect:t.box,kind:0,entry:null};Ja(i,s++,c,this.text.pageSize);for(let{token:e,x:c,y:l}of t.tokens){let t=e.colored?this.pictures:this.text,u=t.get(e,n);if(u===`full`&&(o=!1),u===null||u===`full`)continue;let d=[(a?Math.round(c):c)+u.left,l+u.top-u.height,u.width,u.height],f=e.colored?2:1;Ja(i,s++,{scale:r,rect:d,kind:f,entry:u},t.pageSize)}return e.quads=i.subarray(0,s*16),o}longestLine(t,n,r){let i=Lo*n;return t===`scene`?i:Math.max(n,Math.min(i,e.widestLine(this.pictureWidth)/r))}resolution(e,t){if(e===`scene`)return{px:Fo,scale:-t/Fo};let n=t*this.pixelRatio,r=Math.max(1,Math.min(Io,Math.round(n)));return{px:r,scale:r===Io?n/r/this.pixelRatio:1/this.pixelRatio}}},Vo={size:1024,text:24,color:8},Ho=class{frame;requestRender;typesetter;uniforms;passes;unset=new Set;all=new Set;forward=new B;placements=new WeakMap;lastView=[];changes=0;constructor(e,t,n,r=new Ga,i=Vo){this.frame=t,this.requestRender=n,this.typesetter=new Bo(r,i);let{text:a,pictures:o}=this.typesetter;this.uniforms=lo(t,a.texture,o.texture),this.passes={tested:new Xa(uo(this.uniforms,!0),!0),onTop:new Xa(uo(this.uniforms,!1),!1)},e.add(this.passes.tested.mesh,this.passes.onTop.mesh),this.setDark(!1)}get count(){return this.all.size}setDark(e){fo(this.uniforms,e)}setPixelRatio(e){if(e!==this.typesetter.pixelRatio){this.typesetter.pixelRatio=e;for(let e of this.all)e.spec.mode===`screen`&&this.unset.add(e)}}add(e,t){let n=new qa(this,e,t);return this.all.add(n),this.passOf(e).labels.push(n),this.unset.add(n),n}replace(e,t){let n=this.passOf(e.spec),r=this.passOf(t);e.spec=t,e.quads=null,this.unset.add(e),n!==r&&(n.labels.splice(n.labels.indexOf(e),1),r.labels.push(e),n.refill=!0),this.changed(e)}moved(e){this.changes++,this.passOf(e.spec).moved(e),e.shown&&this.requestRender()}changed(e){this.changes++,this.passOf(e.spec).refill=!0,this.requestRender()}drop(e){if(!this.all.delete(e))return;this.unset.delete(e);let t=this.passOf(e.spec);t.labels.splice(t.labels.indexOf(e),1),this.changed(e)}flush(e){if(this.all.size===0&&!this.passes.tested.refill&&!this.passes.onTop.refill)return;let t=this.frame.pixelRatio.value,{x:n,y:r}=this.frame.viewport.value;this.setPictureWidth(n/t),this.setTexts(),e.updateWorldMatrix(!0,!1),this.place(e,n/t,r/t);for(let t of[this.passes.tested,this.passes.onTop])t.sort(e,this.forward),t.upload();this.uniforms.text.value=this.typesetter.text.texture,this.uniforms.pictures.value=this.typesetter.pictures.texture}dispose(){this.passes.tested.dispose(),this.passes.onTop.dispose(),this.typesetter.dispose()}passOf(e){return e.depthTest?this.passes.tested:this.passes.onTop}setPictureWidth(e){let t=this.typesetter.pictureWidth;if(e===t)return;this.typesetter.pictureWidth=e;let n=Bo.widestLine(Math.min(t,e));for(let e of this.all)e.unwrappedWidth>n&&this.unset.add(e)}setTexts(){if(this.unset.size===0)return;this.changes++;let e=!1;for(let t of this.unset)if(e=!this.setText(t),e)break;if(e){this.startOver();for(let e of this.unset)this.setText(e)||e.report(`there is no space for more different text`)}this.unset.clear()}setText(e){return this.passOf(e.spec).refill=!0,this.typesetter.set(e)}startOver(){this.typesetter.clear();for(let e of this.all)e.quads=null,this.unset.add(e);this.requestRender()}place(e,t,n){let r=[e,t,n,this.changes,...e.matrixWorldInverse.elements,...e.projectionMatrix.elements];if(r.every((e,t)=>e===this.lastView[t]))return;this.lastView=r;let i=this.placements.get(e);i||(i=new ao,this.placements.set(e,i));let a=this.candidates(e,t,n),o=i.place(a,t,n);for(let[e,{key:t}]of a.entries()){let{shiftX:n,shiftY:r,position:i}=o[e];this.shift(t,n,r,i<0)}}candidates(e,t,n){let r=[],i=new Ue;for(let a of this.all){let o=a.shown&&a.spec.mode===`screen`?a.box:null;if(!o)continue;i.set(a.x,a.y,a.z,1).applyMatrix4(e.matrixWorldInverse),i.applyMatrix4(e.projectionMatrix);let s=(.5+.5*i.x/i.w)*t,c=(.5+.5*i.y/i.w)*n;i.w>0&&Math.abs(i.z)<=i.w&&Uo(s,o[2],t)&&Uo(c,o[3],n)?r.push({key:a,x:s,y:c,depth:i.w,box:o}):this.shift(a,0,0,!1)}return r}shift(e,t,n,r){if(e.shiftX===t&&e.shiftY===n&&e.faded===r)return;let i=this.passOf(e.spec);e.faded!==r&&(i.refill=!0),e.shiftX=t,e.shiftY=n,e.faded=r,i.moved(e)}};function Uo(e,t,n){return e>-t&&e<n+t}var Wo=new B(-.42,1,-.12).normalize(),Go=new B(.6,.35,.7).normalize(),Ko=2048,qo=class{light;toLight=new B(0,1,0);center=new B(NaN,0,0);radius=0;constructor(e){this.light=e;let{shadow:t}=e;t.mapSize.set(Ko,Ko),t.radius=2,t.bias=-2e-4}setDirection(e,t,n){this.toLight.set(e,t,n).normalize(),this.reset()}reset(){this.radius=0}cover(e,t){let n=Math.min(Math.max(t,.001),1e6)*1.8,r=this.center.distanceTo(e)<.2*this.radius,i=n/this.radius;return r&&i<1.25&&i>.65?!1:(this.center.copy(e),this.radius=n,this.aim(),!0)}aim(){let{light:e,center:t,radius:n}=this;if(this.toLight.lengthSq()===0)return;e.matrixWorld.setPosition(t.clone().addScaledVector(this.toLight,2*n)),e.target.matrixWorld.setPosition(t);let{shadow:r}=e,{camera:i}=r;i.left=i.bottom=-n,i.right=i.top=n,i.near=n*.02,i.far=n*4,i.updateProjectionMatrix(),r.normalBias=3*n/Ko}},Jo=class{scene;keyLight=new Ke(16776181,2.35);fillLight=new Ke(15397119,.5);ambient=new Ce(16777215,13618376,1.1);keyShadow=new qo(this.keyLight);directionalShadows=new Set;casters=new Set;constructor(e){this.scene=e,this.fillLight.position.copy(Go);for(let e of[this.keyLight,this.fillLight,this.ambient])e.matrixAutoUpdate=!0,e.updateMatrixWorld(!0);this.keyLight.position.copy(Wo),this.keyLight.updateMatrixWorld(!0),this.keyShadow.setDirection(Wo.x,Wo.y,Wo.z),this.scene.add(this.ambient),this.set(!0,!0)}get shadows(){return this.casters.size>0||this.keyCasts}set(e,t){this.scene.remove(this.keyLight,this.fillLight,this.keyLight.target),e&&this.scene.add(this.keyLight,this.fillLight,this.keyLight.target),this.keyLight.castShadow=t,t||this.freeShadow()}setAmbient(e){e?this.scene.add(this.ambient):this.scene.remove(this.ambient)}cover(e,t){let n=this.keyCasts&&this.keyShadow.cover(e,t);for(let r of this.directionalShadows)n=r.cover(e,t)||n;return n}originMoved(){this.keyShadow.reset();for(let e of this.directionalShadows)e.reset()}dispose(){this.set(!1,!1),this.setAmbient(!1);for(let e of[this.keyLight,this.fillLight])e.dispose();this.ambient.dispose()}get keyCasts(){return this.keyLight.parent!==null&&this.keyLight.castShadow}freeShadow(){this.keyLight.shadow.map?.dispose(),this.keyLight.shadow.map=null,this.keyShadow.reset()}},Yo=class{mount;owner;pose=new q;shown=!1;style=``;constructor(e,t){this.mount=e,this.owner=t}setPose(e){this.pose.copy(e)}setShown(e){this.shown=e}remove(){this.owner.drop(this)}write(e){e!==this.style&&(this.style=e,this.mount.element.style.cssText=e)}},Xo=class{parent;list=new kt([]);entries=new Set;layer=null;keys=0;v=new B;constructor(e){this.parent=e}add(e){let t=document.createElement(`div`);t.dataset.portal=`scene`,t.style.display=`none`,this.layerIn(this.parent)?.append(t);let n=new Yo({key:++this.keys,element:t,container:e},this);return this.entries.add(n),this.publish(),n}drop(e){e.mount.element.remove(),this.entries.delete(e)&&this.publish()}place(e,t,n){for(let r of this.entries)r.write(this.styleOf(r,e,t,n))}dispose(){for(let e of[...this.entries])this.drop(e);this.layer?.remove(),this.layer=null}styleOf({pose:e,shown:t},n,r,i){let a=this.v.set(e.px,e.py,e.pz).applyMatrix4(n.matrixWorldInverse),o=-a.z;if(!t||!(o>n.near))return`display: none`;a.applyMatrix4(n.projectionMatrix);let s=Math.round((a.x+1)/2*r),c=Math.round((1-a.y)/2*i);return`position: absolute; left: 0; top: 0; z-index: ${Math.round(1e6/(1+o))}; transform: translate(${s}px, ${c}px)`}publish(){this.list.set([...this.entries].map(e=>e.mount))}layerIn(e){return this.layer||!e||(this.layer=document.createElement(`div`),this.layer.className=`viser-in-scene`,Object.assign(this.layer.style,{position:`absolute`,inset:`0`,overflow:`hidden`,isolation:`isolate`,pointerEvents:`none`}),e.append(this.layer)),this.layer}},Zo=`
// A lamp as a lobe around its direction, wider and weaker for rough surfaces.
float neutralLamp(vec3 direction, vec3 lamp, float width, float radiance, float roughness) {
  float spread = width + roughness * roughness;
  return radiance * (width / spread) * exp((dot(direction, lamp) - 1.0) / spread);
}
vec3 neutralRadiance(vec3 viewDir, vec3 normal, float roughness) {
  vec3 seen = mix(reflect(-viewDir, normal), normal, roughness * roughness);
  seen = inverseTransformDirection(normalize(seen), viewMatrix);
  // A dark floor and a bright strip above the horizon: without contrast, a smooth metal looks like paint.
  // y is up. Rough surfaces see both halves at once, each no further than to the horizon.
  float soft = 0.05 + roughness * roughness;
  float above = smoothstep(-soft, soft, seen.y);
  float ground = mix(0.34, 0.24, max(-seen.y, 0.0));
  float sky = mix(0.8, 0.5, max(seen.y, 0.0));
  float light = mix(ground, sky, above);
  light += neutralLamp(seen, vec3(-0.64, 0.72, -0.27), 0.06, 2.4, roughness);
  light += neutralLamp(seen, vec3(0.61, 0.48, 0.63), 0.1, 1.2, roughness);
  return vec3(light);
}
`,Qo=`
#include <lights_fragment_maps>
#ifdef RE_IndirectSpecular
radiance += neutralRadiance(geometryViewDir, geometryNormal, material.roughness);
#ifdef USE_CLEARCOAT
clearcoatRadiance += neutralRadiance(geometryViewDir, geometryClearcoatNormal, material.clearcoatRoughness);
#endif
#endif
`,$o=class{materials=new Map;enabled=!0;set(e){if(e!==this.enabled){this.enabled=e;for(let e of this.materials.keys())e.needsUpdate=!0}}add(e){for(let t of e){if(!es(t))continue;let e=this.materials.get(t)??0;this.materials.set(t,e+1),e===0&&this.patch(t)}}remove(e){for(let t of e){let e=this.materials.get(t)??0;e>1?this.materials.set(t,e-1):this.materials.delete(t)}}patch(e){e.onBeforeCompile=e=>{this.enabled&&(e.fragmentShader=e.fragmentShader.replace(`void main() {`,`${Zo}\nvoid main() {`).replace(`#include <lights_fragment_maps>`,Qo))},e.customProgramCacheKey=()=>this.enabled?`neutral light`:``,e.needsUpdate=!0}};function es(e){return e instanceof N?e.metalness>0||e instanceof p&&e.clearcoat>0:!1}function ts(e,t,n,r){let{shaftRadius:i,headRadius:a,headLength:o}=t;for(let t=0,s=0;s+5<e.length;t+=16,s+=6){let c=e[s+3]-e[s],l=e[s+4]-e[s+1],u=e[s+5]-e[s+2],d=Math.hypot(c,l,u);if(!(d>0)||d===1/0){ns(n,t),ns(r,t);continue}let f=[c/d,l/d,u/d],p=d-o;p>0?rs(n,t,f,i,p,e,s,0):ns(n,t),rs(r,t,f,a,o,e,s,p)}}function ns(e,t){e.fill(0,t,t+16),e[t+15]=1}function rs(e,t,[n,r,i],a,o,s,c,l){let u=i>=0?1:-1,d=-1/(u+i),f=n*r*d;e[t]=(1+u*n*n*d)*a,e[t+1]=u*f*a,e[t+2]=-u*n*a,e[t+3]=0,e[t+4]=f*a,e[t+5]=(u+r*r*d)*a,e[t+6]=-r*a,e[t+7]=0,e[t+8]=n*o,e[t+9]=r*o,e[t+10]=i*o,e[t+11]=0,e[t+12]=s[c]+n*l,e[t+13]=s[c+1]+r*l,e[t+14]=s[c+2]+i*l,e[t+15]=1}function is(e,t,n,r,i){let a=6*t,o=[0,1,2].map(t=>e[a+3+t]-e[a+t]),s=Math.hypot(...o);if(!(s>0)||s===1/0)return null;let c=r.map((t,n)=>t-e[a+n]),l=e=>(e[0]*o[0]+e[1]*o[1]+e[2]*o[2])/s,[u,d]=[l(c),l(i)],f=c.map((e,t)=>e-u*o[t]/s),p=i.map((e,t)=>e-d*o[t]/s),m={oo:as(f,f),od:as(f,p),dd:as(p,p),oz:u,dz:d},h=s-n.headLength,g=h>0?os(m,0,h,n.shaftRadius,n.shaftRadius):null,_=os(m,h,s,n.headRadius,0);return g===null?_:_===null?g:Math.min(g,_)}function as(e,t){return e[0]*t[0]+e[1]*t[1]+e[2]*t[2]}function os(e,t,n,r,i){if(!(n>t))return null;let a=(i-r)/(n-t),o=r+a*(e.oz-t),s=a*e.dz,c=null,l=r=>{let i=e.oz+r*e.dz;r>=0&&i>=t&&i<=n&&(c===null||r<c)&&(c=r)},u=e.dd-s*s,d=e.od-o*s,f=e.oo-o*o,p=d*d-u*f;if(Math.abs(u)>1e-12&&p>=0&&(l((-d-Math.sqrt(p))/u),l((-d+Math.sqrt(p))/u)),e.dz!==0){let n=(t-e.oz)/e.dz;n>=0&&e.oo+2*n*e.od+n*n*e.dd<=r*r&&(c===null||n<c)&&(c=n)}return c}var ss=class{geometry;material;colored;holder=new b;mesh=null;constructor(e,t,n){this.geometry=e,this.material=t,this.colored=n,this.holder.matrixAutoUpdate=!1}get count(){return this.mesh?.count??0}get matrices(){return this.mesh?.instanceMatrix.array??new Float32Array}get colors(){return this.mesh?.instanceColor?.array??new Float32Array}setGeometry(e){this.geometry=e,this.mesh&&(this.mesh.geometry=e)}setCount(e){if(e===this.count||(this.drop(),e===0))return;let t=new Ee(this.geometry,this.material,e);t.instanceMatrix.setUsage(j),this.colored&&(t.instanceColor=new st(new Float32Array(e*3),3)),t.frustumCulled=!1,t.matrixAutoUpdate=!1,this.mesh=t,this.holder.add(t),t.updateWorldMatrix(!1,!1)}changed(){this.mesh&&(this.mesh.instanceMatrix.needsUpdate=!0,this.mesh.instanceColor&&(this.mesh.instanceColor.needsUpdate=!0))}dispose(){this.drop(),this.holder.removeFromParent()}drop(){this.mesh?.removeFromParent(),this.mesh?.dispose(),this.mesh=null}};function cs(e){let t=0;for(let n=0;n<e.length;n++)t+=e[n]*0;return t===0}function ls(e){let t=e.byteOffset%4==0?e.length&-2:0,n=t>0?new Uint32Array(e.buffer,e.byteOffset,t/2):new Uint32Array,r=0;for(let e=0;e<n.length;e++)r|=(n[e]&2080406528)+67109888;for(let n=t;n<e.length;n++)r|=(e[n]&31744)+1024;return!(r&2147516416)}var us=null;function ds(){if(us)return us;us=new Float32Array(65536);for(let e=0;e<us.length;e++){let t=e>>10&31,n=e&1023,r=e&32768?-1:1;t===31?us[e]=n?NaN:r*(1/0):t===0?us[e]=r*n*2**-24:us[e]=r*(1024+n)*2**(t-25)}return us}var fs=class{index=-1;depth=1/0;off;constructor(e){this.off=e}offer(e,t,n){let r=n>0?n:0;r>this.off||r===this.off&&t>=this.depth||(this.index=e,this.depth=t,this.off=r)}hit(e,t,n=this.index){if(this.index<0)return null;let r={distance:this.depth/ps(e,t),instance:n};return this.off>0&&(r.off=this.off/t.pixel),r}};function ps(e,t){let[n,r,i]=e.direction;return n*t.forward[0]+r*t.forward[1]+i*t.forward[2]}function ms(e,t){let[n,r,i]=e.direction,a=ps(e,t),o=e=>(n*e[0]+r*e[1]+i*e[2])/a;return[o(t.right),o(t.up)]}function hs(e,t,n,r,i){let a=n-e.origin[0],o=r-e.origin[1],s=i-e.origin[2],c=e=>a*e[0]+o*e[1]+s*e[2];return[c(t.right),c(t.up),c(t.forward)]}var gs=new P;function _s(e,t,n){let[r,i,a]=e.origin,o=e=>[e[0],e[1],e[2],-(e[0]*r+e[1]*i+e[2]*a)];gs.set(...o(t.right),...o(t.up),...o(t.forward),0,0,0,1);let s=gs.multiply(n).elements,c=e=>[s[e],s[4+e],s[8+e],s[12+e]];return[...c(0),...c(1),...c(2)]}function vs(e,t,n,r,i,a){let o=new fs(4*r.pixel),[s,c]=ms(n,r),[l,u,d,f,p,m,h,g,_,v,y,b]=t,x=.5*Math.max(i,1)*r.pixel,S=.5*r.pixel;for(let t=0,n=0;n+5<e.length;t++,n+=6){let C=e[n],w=e[n+1],T=e[n+2],E=_*C+v*w+y*T+b,D=l*C+u*w+d*T+f,O=p*C+m*w+h*T+g;C=e[n+3],w=e[n+4],T=e[n+5];let k=_*C+v*w+y*T+b,A=l*C+u*w+d*T+f,j=p*C+m*w+h*T+g;if(!(E>r.near||k>r.near)||!Number.isFinite(E-k+D-A+O-j))continue;if(E<r.near){let e=(r.near-E)/(k-E);D+=(A-D)*e,O+=(j-O)*e,E=r.near}else if(k<r.near){let e=(r.near-k)/(E-k);A+=(D-A)*e,j+=(O-j)*e,k=r.near}D=D/E-s,O=O/E-c;let ee=A/k-s-D,te=j/k-c-O,ne=ee*ee+te*te,re=ne>0?Math.min(1,Math.max(0,-(D*ee+O*te)/ne)):0,ie=Math.hypot(D+re*ee,O+re*te),M=1/((1-re)/E+re/k),ae=a===`screen`?x:Math.max(S,.5*i*((1-re)/E+re/k));o.offer(t,M,ie-ae)}return o}var ys=class{shapes=new Map;acquire(e,t){let n=this.shapes.get(e);return n||(n={geometry:t(),users:0},this.shapes.set(e,n)),n.users++,n.geometry}release(e){let t=this.shapes.get(e);!t||--t.users>0||(t.geometry.dispose(),this.shapes.delete(e))}get size(){return this.shapes.size}};function bs(){let e=new Qe(1,1,1);return e.deleteAttribute(`uv`),e.clearGroups(),e}function xs(e){let t=new v(1,e),n=Cs(t);return t.dispose(),n}function Ss(e){let t=new me(1,1,1,e);return t.rotateX(Math.PI/2),t.deleteAttribute(`uv`),t.clearGroups(),t}function Cs(e){let t=e.getAttribute(`position`),n=new Uint32Array(t.count),r=[],i=new Map;for(let e=0;e<t.count;e++){let a=`${t.getX(e).toFixed(5)} ${t.getY(e).toFixed(5)} ${t.getZ(e).toFixed(5)}`,o=i.get(a);o===void 0&&(o=r.length/3,i.set(a,o),r.push(t.getX(e),t.getY(e),t.getZ(e))),n[e]=o}let a=new L,o=new Float32Array(r);return a.setAttribute(`position`,new U(o,3)),a.setAttribute(`normal`,new U(o.slice(),3)),a.setIndex(new U(n,1)),a}function ws(e){let t=0,n=0;for(let{geometry:r}of e)t+=r.getAttribute(`position`).count,n+=r.getIndex().count;let r=new Float32Array(t*3),i=new Float32Array(t*3),a=new Float32Array(t*3),o=new Uint32Array(n),s=0,c=0;for(let{geometry:t,color:n}of e){let e=t.getAttribute(`position`).count;r.set(t.getAttribute(`position`).array,s*3),i.set(t.getAttribute(`normal`).array,s*3);for(let t=0;t<e;t++)a.set(n,(s+t)*3);let l=t.getIndex();for(let e=0;e<l.count;e++)o[c++]=l.getX(e)+s;s+=e}let l=new L;return l.setAttribute(`position`,new U(r,3)),l.setAttribute(`normal`,new U(i,3)),l.setAttribute(`color`,new U(a,3)),l.setIndex(new U(o,1)),l}var Ts=class{ctx;report;group=new b;pose=new q;scale=[1,1,1];constructor(e,t){this.ctx=e,this.report=t,this.group.matrixAutoUpdate=!1,this.group.visible=!1,e.stage.add(this.group)}setPose(e){this.pose.copy(e),this.writeMatrix(),this.group.visible&&this.ctx.requestRender()}setShown(e){this.group.visible!==e&&(this.group.visible=e,this.ctx.requestRender())}dispose(){this.group.removeFromParent(),this.ctx.requestRender()}setScale(e){let t=Oa(e);this.report(`scale`,t?null:`its scale must be one or three finite numbers`),this.scale=t??[1,1,1],this.writeMatrix()}worldMatrix(e=new P){return e.copy(this.group.matrixWorld)}add(...e){for(let t of e)t.matrixAutoUpdate=!1;this.group.add(...e),this.writeMatrix()}writeMatrix(){this.pose.toMatrix(this.group.matrix.elements,0,...this.scale),this.group.updateMatrixWorld(!0)}};function J(e,...t){return e===null||t.some(t=>e.has(t))}var Es=16,Ds={material:`standard`,flat:!1,wireframe:!1,side:`front`,opacity:1,vertexColors:!1},Os=new B,ks=new P,As=`arrow rod ${Es}`,js=`arrow head ${Es}`;function Ms(){return Ss(Es).translate(0,0,.5)}function Ns(){let e=new Me(1,1,Es);return e.rotateX(Math.PI/2),e.translate(0,0,.5),e.deleteAttribute(`uv`),e.clearGroups(),e}var Ps=class extends Ts{material;rods;heads;origin=va;points=new Float32Array;sizes={shaftRadius:0,headRadius:0,headLength:0};constructor(e,t){super(e,t),this.material=e.surfaces.make(Ds),this.rods=new ss(e.shapes.acquire(As,Ms),this.material,!0),this.heads=new ss(e.shapes.acquire(js,Ns),this.material,!0),this.add(this.rods.holder,this.heads.holder)}update(e,t){J(t,`points`,`shaft_radius`,`head_radius`,`head_length`)&&this.place(e),J(t,`points`,`colors`)&&this.paint(e.colors),J(t,`scale`)&&this.setScale(e.scale),this.rods.changed(),this.heads.changed(),this.ctx.requestRender()}raycast(e,t){let n=Ta(this.worldMatrix(),this.origin),r=ks.copy(n).invert(),i=Os.set(...e.origin).applyMatrix4(r).toArray(),a=r.elements,[o,s,c]=e.direction,l=[0,1,2].map(e=>a[e]*o+a[4+e]*s+a[8+e]*c),u={distance:1/0,instance:null,occludable:!0};for(let e=0;e<this.rods.count;e++){let t=is(this.points,e,this.sizes,i,l);t===null||t>=u.distance||(u.distance=t,u.instance=e)}if(u.instance!==null)return u;let d=_s(e,t,n),f=vs(this.points,d,e,t,0,`screen`).hit(e,t);return f&&{...f,occludable:!0}}dispose(){super.dispose(),this.rods.dispose(),this.heads.dispose(),this.material.dispose(),this.ctx.shapes.release(As),this.ctx.shapes.release(js)}place(e){let{points:t}=e,n=t instanceof Float32Array&&t.length%6==0,r={shaftRadius:Number(e.shaft_radius),headRadius:Number(e.head_radius),headLength:Number(e.head_length)},i=Object.values(r).every(e=>Number.isFinite(e)&&e>=0);this.report(`sizes`,i?null:`its sizes must be finite numbers, 0 or more`),this.report(`points`,n?Fs(t):`its points must be a tail and a tip of three numbers`);let a=n&&i?t.length/6:0,o=a>0?t:new Float32Array;this.origin=xa(o),this.points=Sa(this.origin,o),wa(this.rods.holder,this.origin),wa(this.heads.holder,this.origin),this.sizes=r,this.rods.setCount(a),this.heads.setCount(a),a>0&&ts(this.points,r,this.rods.matrices,this.heads.matrices)}paint(e){let{count:t}=this.rods,n=e instanceof Uint8Array||Array.isArray(e)?e:[],r=n.length===t*3,i=r||n.length===3||t===0;this.report(`colors`,i?null:`its colors must be one for all, or one for each arrow`);let a=da(n.length===3?n:[128,128,128]);for(let e=0;e<t;e++)r&&da(n.slice(3*e,3*e+3),a),this.rods.colors.set(a,3*e);this.heads.colors.set(this.rods.colors)}};function Fs(e){return cs(e)?null:`some points are not finite: their arrows are left out`}function Is(e,t,n){let{qx:r,qy:i,qz:a,qw:o}=t,s=(e,t,n)=>{let s=2*(a*t-i*n),c=2*(r*n-a*e),l=2*(i*e-r*t);return[e+o*s+a*c-i*l,t+o*c+r*l-a*s,n+o*l+i*s-r*c]},[c,l,u]=e.origin,d=s(c-t.px,l-t.py,u-t.pz),f=s(...e.direction);return[d[0]/n[0],d[1]/n[1],d[2]/n[2],f[0]/n[0],f[1]/n[1],f[2]/n[2]]}var Ls=([e,t,n,r,i,a])=>{let o=-1/0,s=1/0;for(let[c,l]of[[e,r],[t,i],[n,a]]){if(l===0){if(Math.abs(c)>.5)return null;continue}let e=(-.5-c)/l,t=(.5-c)/l;o=Math.max(o,Math.min(e,t)),s=Math.min(s,Math.max(e,t))}return Bs(o,s)},Rs=([e,t,n,r,i,a])=>{let o=Vs(r*r+i*i+a*a,e*r+t*i+n*a,e*e+t*t+n*n-1);return o&&Bs(o[0],o[1])},zs=([e,t,n,r,i,a])=>{let o=-1/0,s=1/0;if(r!==0||i!==0){let n=Vs(r*r+i*i,e*r+t*i,e*e+t*t-1);if(!n)return null;[o,s]=n}else if(e*e+t*t>1)return null;if(a!==0){let e=(-.5-n)/a,t=(.5-n)/a;o=Math.max(o,Math.min(e,t)),s=Math.min(s,Math.max(e,t))}else if(Math.abs(n)>.5)return null;return Bs(o,s)};function Bs(e,t){return!(e<=t)||t<0?null:e>=0?e:t}function Vs(e,t,n){let r=t*t-e*n;if(!(r>=0)||e===0)return null;let i=Math.sqrt(r);return[(-t-i)/e,(-t+i)/e]}function Hs(e,t,n,r,i){let a=e=>t[e],[o,s,c]=e.origin,[l,u,d]=e.direction,f=[0,1,2].map(e=>a(e)*o+a(4+e)*s+a(8+e)*c+a(12+e)),p=[0,1,2].map(e=>a(e)*l+a(4+e)*u+a(8+e)*d),m=[r[0]-n[0],r[1]-n[1],r[2]-n[2]],h=[i[0]-n[0],i[1]-n[1],i[2]-n[2]],g=Ws(p,h),_=Us(m,g);if(Math.abs(_)<1e-20)return null;let v=[f[0]-n[0],f[1]-n[1],f[2]-n[2]],y=Us(v,g)/_,b=Ws(v,m),x=Us(p,b)/_;if(!(y>=0&&x>=0&&y+x<=1))return null;let S=Us(h,b)/_;return S>=0?S:null}function Us(e,t){return e[0]*t[0]+e[1]*t[1]+e[2]*t[2]}function Ws(e,t){return[e[1]*t[2]-e[2]*t[1],e[2]*t[0]-e[0]*t[2],e[0]*t[1]-e[1]*t[0]]}var Gs=da([222,20,28]),Ks=da([40,180,50]),qs=da([20,70,235]),Js={material:`standard`,flat:!1,wireframe:!1,side:`front`,opacity:1,vertexColors:!0,unlit:!0};function Ys(e,t){let n=()=>{let n=Ss(12);return n.translate(0,0,.5),n.scale(t,t,e),n};return[{geometry:n().rotateY(Math.PI/2),color:Gs},{geometry:n().rotateX(-Math.PI/2),color:Ks},{geometry:n(),color:qs}]}function Xs(e,t){return Math.max(t,e*.04)}function Zs(e,t,n){let[r,i,a,o,s,c]=e,l=[[i,a,r,s,c,o],[a,r,i,c,o,s],[r,i,a,o,s,c]],u=null;for(let[e,r,i,a,o,s]of l){let c=zs([e/n,r/n,i/t-.5,a/n,o/n,s/t]);c!==null&&(u===null||c<u)&&(u=c)}return u}function Qs(e,t){let n=Ys(e,t),r=ws(n);for(let{geometry:e}of n)e.dispose();return r}var $s=new q,ec=new P,tc=new B,nc=new B,rc=new B,ic=class extends Ts{material;copies;geometry=Qs(1,1);length=0;radius=0;origin=va;constructor(e,t){super(e,t),this.material=e.surfaces.make(Js),this.copies=new ss(this.geometry,this.material,!1),this.add(this.copies.holder)}update(e,t){J(t,`axes_length`,`axes_radius`)&&this.reshape(e),J(t,`batched_wxyzs`,`batched_positions`,`batched_scales`)&&this.place(e),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){if(this.length===0)return null;let t=this.copiesMatrix().invert();tc.set(...e.origin).applyMatrix4(t),nc.set(...e.direction).transformDirection(t);let n=ac(t,e.direction);nc.multiplyScalar(n);let r=Xs(this.length,this.radius),i=Math.hypot(this.length,r),a=this.copies.matrices,o=null;for(let e=0;e<this.copies.count;e++){if(!this.near(a,e*16,i))continue;ec.fromArray(a,e*16).invert();let t=tc.clone().applyMatrix4(ec),n=ec.elements,{x:s,y:c,z:l}=nc,u=Zs([t.x,t.y,t.z,n[0]*s+n[4]*c+n[8]*l,n[1]*s+n[5]*c+n[9]*l,n[2]*s+n[6]*c+n[10]*l],this.length,r);u!==null&&(!o||u<o.distance)&&(o={distance:u,instance:e})}return o}outline(e){if(e===null||e>=this.copies.count)return null;let t=new P().fromArray(this.copies.matrices,e*16);return{geometry:this.geometry,matrix:this.copiesMatrix().multiply(t),fromCenter:!1}}dispose(){super.dispose(),this.copies.dispose(),this.geometry.dispose(),this.material.dispose()}copiesMatrix(){return Ta(this.worldMatrix(),this.origin)}reshape(e){let t=Number(e.axes_length),n=Number(e.axes_radius),r=[t,n].every(e=>Number.isFinite(Math.fround(e))&&e>=0);this.report(`size`,r?null:`its sizes must be finite numbers, 0 or more`),this.length=r?t:0,this.radius=r?n:0,this.geometry.dispose(),this.geometry=Qs(this.length,this.radius),this.copies.setGeometry(this.geometry)}place(e){let{batched_wxyzs:t,batched_positions:n,batched_scales:r}=e,i=n instanceof Float32Array?Math.floor(n.length/3):0,a=n instanceof Float32Array&&t instanceof Float32Array&&n.length===3*i&&t.length===4*i,o=r instanceof Float32Array&&(r.length===i||r.length===3*i),s=o||r==null;if(this.report(`batch`,a?null:`the numbers of its orientations and positions differ`),this.report(`scales`,s?null:`there must be one or three scales for each frame`),this.copies.setCount(a?i:0),!a)return;this.origin=xa(n),wa(this.copies.holder,this.origin);let c=Sa(this.origin,n),l=oc(this.copies.matrices,t,c,o?r:null);this.report(`poses`,l>0?`${l} of its frames have no pose and are left out`:null),this.copies.changed()}near(e,t,n){let r=Math.max(Math.hypot(e[t],e[t+1],e[t+2]),Math.hypot(e[t+4],e[t+5],e[t+6]),Math.hypot(e[t+8],e[t+9],e[t+10]));if(r===0)return!1;rc.set(e[t+12],e[t+13],e[t+14]).sub(tc);let i=rc.dot(nc)/nc.lengthSq();return rc.addScaledVector(nc,-Math.max(0,i)),rc.length()<=r*n}};function ac(e,[t,n,r]){let i=e.elements;return Math.hypot(i[0]*t+i[4]*n+i[8]*r,i[1]*t+i[5]*n+i[9]*r,i[2]*t+i[6]*n+i[10]*r)}function oc(e,t,n,r){let i=n.length/3,a=r&&r.length===3*i&&i>0,o=0;for(let s=0;s<i;s++){let i=e=>r?r[a?3*s+e:s]:1,[c,l,u]=[i(0),i(1),i(2)];$s.setPosition(n[3*s],n[3*s+1],n[3*s+2])&&$s.setWxyz(t[4*s],t[4*s+1],t[4*s+2],t[4*s+3])&&Number.isFinite(c+l+u)?$s.toMatrix(e,s*16,c,l,u):(o++,e.fill(0,s*16,s*16+16),e[s*16+15]=1)}return o}function sc(e,t){for(let n=0;n<t;n++)if(cc(e,16*n))return!0;return!1}function cc(e,t){let n=n=>e[t+n];return n(0)*(n(5)*n(10)-n(6)*n(9))-n(4)*(n(1)*n(10)-n(2)*n(9))+n(8)*(n(1)*n(6)-n(2)*n(5))<0}var lc=`gl_FrontFacing ? 1.0 : - 1.0`,uc=new WeakSet;function dc(e){if(uc.has(e))return;uc.add(e);let t=e.side,n=e.onBeforeCompile,r=e.customProgramCacheKey.bind(e);e.side=2;let i=t===2?``:fc(t===1);e.onBeforeCompile=(t,r)=>{n.call(e,t,r),t.vertexShader=t.vertexShader.replace(`void main() {`,`flat varying float vMirror;
void main() {`).replace(`#include <begin_vertex>`,`#include <begin_vertex>
  vMirror = sign(determinant(mat3(instanceMatrix)));`),t.fragmentShader=t.fragmentShader.replace(`void main() {`,`flat varying float vMirror;\nvoid main() {${i}`).replace(`#include <normal_fragment_begin>`,G.normal_fragment_begin.replace(lc,`(${lc}) * vMirror`))},e.customProgramCacheKey=()=>`${r()} mirrors ${t}`,e.needsUpdate=!0}function fc(e){return`\n  if ((${lc}) * vMirror ${e?`>`:`<`} 0.0) discard;`}var pc=128;function mc(e,t,n){if(!(n>0))return new Uint32Array;if(n>=1)return t;let r=Math.max(3,Math.floor(t.length/3*n)*3),i=null,a=1,o=pc;for(;a<=o;){let n=a+o>>1,s=hc(e,t,n);s.length<=r?(s.length>(i?.length??0)&&(i=s),a=n+1):o=n-1}return i??t}function hc(e,t,n){let{min:r,step:i}=gc(e,n),a=new Int32Array(n**3).fill(-1),o=e.length/3,s=new Uint32Array(o);for(let t=0;t<o;t++){let o=0;for(let a=0;a<3;a++){let s=Math.floor((e[3*t+a]-r[a])*i[a]);o=o*n+Math.min(n-1,Math.max(0,s||0))}a[o]<0&&(a[o]=t),s[t]=a[o]}let c=new Uint32Array(t.length),l=0;for(let e=0;e<t.length;e+=3){let n=s[t[e]],r=s[t[e+1]],i=s[t[e+2]];n!==r&&r!==i&&i!==n&&(c[l++]=n,c[l++]=r,c[l++]=i)}return c.slice(0,l)}function gc(e,t){let n=[1/0,1/0,1/0],r=[-1/0,-1/0,-1/0];for(let t=0;t<e.length;t++){let i=t%3;n[i]=Math.min(n[i],e[t]),r[i]=Math.max(r[i],e[t])}let i=Math.max(...r.map((e,t)=>e-n[t]));return{min:n,step:[0,1,2].map(()=>i>0?t/i:0)}}var _c=2e5,vc=300,yc=class{ctx;group;holder=new b;parts=[];instances=ka;lod=`off`;colors=null;opacities=null;transparent=!1;mirrored=!1;castShadow=!0;receiveShadow=!0;levels=[];distances=new Float32Array;depth=new ja;structureStale=!0;contentStale=!0;seenFrom=new Float64Array(19);frame=e=>this.prepare(e);constructor(e,t){this.ctx=e,this.group=t,this.holder.matrixAutoUpdate=!1,t.add(this.holder),e.perFrame.add(this.frame)}setParts(e){this.parts=e,this.structureStale=!0}setLod(e){this.lod=e,this.structureStale=!0}setInstances(e){e.count!==this.instances.count&&(this.structureStale=!0),this.instances=e,wa(this.holder,e.origin),this.contentStale=!0;let t=sc(e.matrices,e.count);t!==this.mirrored&&(this.structureStale=!0),this.mirrored=t}setLooks(e,t,n){let r=e!==null==(this.colors!==null)&&t!==null==(this.opacities!==null)&&n===this.transparent;this.colors=e,this.opacities=t,this.transparent=n,this.contentStale=!0,r||(this.structureStale=!0)}setShadows(e,t){this.castShadow=e,this.receiveShadow=t;for(let e of this.levels)for(let t of e.meshes)this.applyShadows(t)}raycast(e){let{instances:t}=this,n=Cc.matrix.copy(this.holder.matrixWorld).invert(),r=Cc.ray;r.origin.set(...e.origin),r.direction.set(...e.direction),xc.ray.copy(r),r.applyMatrix4(n);let i=null;for(let{geometry:e,material:n}of this.parts){e.boundingSphere||e.computeBoundingSphere();let{center:a,radius:o}=e.boundingSphere;Sc.geometry=e,Sc.material=n;for(let e=0;e<t.count;e++){Cc.instance.fromArray(t.matrices,16*e);let n=Cc.point.copy(a).applyMatrix4(Cc.instance),s=o*t.reach[e];if(r.distanceSqToPoint(n)>s*s)continue;Sc.matrixWorld.multiplyMatrices(this.holder.matrixWorld,Cc.instance);let c=wc(Sc);c!==null&&(!i||c<i.distance)&&(i={distance:c,instance:t.ids[e]})}}return i}outline(e){let{ids:t,matrices:n,count:r}=this.instances,i=Math.min(e??-1,r-1);for(;i>=0&&t[i]>e;)i--;if(i<0||t[i]!==e)return[];let a=new P().fromArray(n,16*i).premultiply(this.holder.matrixWorld);return this.parts.map(({geometry:e})=>({geometry:e,matrix:a,fromCenter:!e.hasAttribute(`normal`)}))}dispose(){this.ctx.perFrame.delete(this.frame),this.drop()}prepare(e){if(!this.group.visible)return;this.structureStale&&this.build();let t=this.levels.length>1||this.transparent,n=t&&this.hasMoved(e);(this.contentStale||n)&&(this.contentStale=!1,t?this.arrange():this.fill(this.levels[0],null))}hasMoved(e){let t=[...this.holder.matrixWorld.elements,...e.matrixWorld.elements.slice(12,15)],n=t.every((e,t)=>e===this.seenFrom[t]);return this.seenFrom.set(t),!n}arrange(){let{instances:e,levels:t}=this;this.distances.length<e.count&&(this.distances=new Float32Array(e.count));let n=this.holder.matrixWorld.elements,[r,i,a]=[this.seenFrom[16],this.seenFrom[17],this.seenFrom[18]],o=Cc.point.set(0,0,0);for(let t=0;t<e.count;t++){let s=e.matrices[16*t+12],c=e.matrices[16*t+13],l=e.matrices[16*t+14];o.x+=s,o.y+=c,o.z+=l,this.distances[t]=Math.hypot(n[0]*s+n[4]*c+n[8]*l+n[12]-r,n[1]*s+n[5]*c+n[9]*l+n[13]-i,n[2]*s+n[6]*c+n[10]*l+n[14]-a)}o.divideScalar(Math.max(1,e.count));for(let{meshes:e}of t)for(let t of e)t.boundingSphere.center.copy(o);let s=this.depth.sort(this.distances,e.count),c=0;for(let n=t.length-1;n>=0;n--){let r=c;for(;r<e.count&&(n===0||this.distances[s[r]]>=t[n].distance);)r++;this.fill(t[n],s.subarray(c,r)),c=r}}fill(e,t){if(!e)return;let{matrices:n}=this.instances,r=t?t.length:this.instances.count;t?(Ma(n,e.matrices.array,t,16),e.colors&&Ma(this.colors,e.colors.array,t,3),e.opacities&&Ma(this.opacities,e.opacities.array,t,1)):(e.matrices.array.set(n),e.colors?.array.set(this.colors),e.opacities?.array.set(this.opacities)),e.count=r;for(let t of[e.matrices,e.colors,e.opacities])t&&r>0&&(t.needsUpdate=!0);for(let t of e.meshes)t.count=r,t.visible=r>0}build(){if(this.structureStale=!1,this.contentStale=!0,this.drop(),this.instances.count!==0&&this.parts.length!==0)for(let{distance:e,ratio:t}of this.wantedLevels())this.levels.push(this.makeLevel(e,t))}wantedLevels(){let e={distance:0,ratio:1};if(this.lod===`off`||this.transparent)return[e];if(this.lod!==`auto`)return[e,...[...this.lod].sort((e,t)=>e.distance-t.distance)];let t=0,n=0;for(let{geometry:e}of this.parts)t+=(e.getIndex()?.count??0)/3,e.boundingSphere||e.computeBoundingSphere(),n=Math.max(n,e.boundingSphere.radius);if(t<vc||t*this.instances.count<_c)return[e];let r=0;for(let e=0;e<this.instances.count;e++)r=Math.max(r,this.instances.reach[e]);let i=n*r*this.holder.matrixWorld.getMaxScaleOnAxis();return[e,{distance:25*i,ratio:.35},{distance:80*i,ratio:.08}]}makeLevel(e,t){let n=this.instances.count,r=e=>{let t=new st(new Float32Array(n*e),e);return t.setUsage(j),t},i={distance:e,count:0,matrices:r(16),colors:this.colors?r(3):null,opacities:this.opacities?r(1):null,meshes:[]};for(let e of this.parts){let n=bc(e.geometry,t);if(!n)continue;if(i.opacities&&n.setAttribute(`instanceOpacity`,i.opacities),this.mirrored)for(let t of[e.material].flat())dc(t);let r=new Ee(n,e.material,0);r.instanceMatrix=i.matrices,r.instanceColor=i.colors,r.count=0,r.frustumCulled=!1,r.boundingSphere=new De,r.matrixAutoUpdate=!1,this.applyShadows(r),this.holder.add(r),i.meshes.push(r)}return this.holder.updateMatrixWorld(!0),i}applyShadows(e){e.castShadow=this.castShadow,e.receiveShadow=this.receiveShadow}drop(){for(let e of this.levels)for(let t of e.meshes)t.removeFromParent(),t.geometry.dispose(),t.dispose();this.levels=[]}};function bc(e,t){let n=new L;for(let[t,r]of Object.entries(e.attributes))n.setAttribute(t,r);let r=e.getIndex();if(r&&t<1){let i=mc(e.getAttribute(`position`).array,r.array,t);if(i.length===0)return null;n.setIndex(new U(i,1))}else{n.setIndex(r);for(let t of e.groups)n.addGroup(t.start,t.count,t.materialIndex)}return n.boundingSphere=e.boundingSphere,n}var xc=new ee,Sc=new d,Cc={matrix:new P,instance:new P,point:new B,ray:new qe,inMesh:new qe};function wc(e){let t=Ji(e.geometry);if(!t)return xc.intersectObject(e,!1)[0]?.distance??null;let n=Cc.matrix.copy(e.matrixWorld).invert(),r=Array.isArray(e.material)?e.material[0]?.side:e.material.side,i=t.raycastFirst(Cc.inMesh.copy(xc.ray).applyMatrix4(n),r??0);return i?i.point.applyMatrix4(e.matrixWorld).distanceTo(xc.ray.origin):null}function Tc(e){Yi(e),e.dispose()}function Ec(e,t){let n=e.geometry.clone();for(let e of[`position`,`normal`,`tangent`]){let t=n.getAttribute(e);if(!t||t.array instanceof Float32Array&&!(`data`in t))continue;let r=new Float32Array(t.count*t.itemSize);for(let e=0;e<r.length;e++)r[e]=t.getComponent(Math.floor(e/t.itemSize),e%t.itemSize);n.setAttribute(e,new U(r,t.itemSize))}let r=n.getIndex(),i=n.getAttribute(`position`).count,a=r?Uint32Array.from(r.array):Uint32Array.from({length:i},(e,t)=>t);if(t.determinant()<0)for(let e=0;e+2<a.length;e+=3){let t=a[e+1];a[e+1]=a[e+2],a[e+2]=t}return n.setIndex(new U(a,1)),Dc(e,n),n.morphAttributes={},n.applyMatrix4(t),n.computeBoundingSphere(),n}function Dc(e,t){let n=e.morphTargetInfluences?.some(e=>e!==0)??!1;if(!(e instanceof ke)&&!n)return;let r=t.getAttribute(`position`),i=t.getAttribute(`normal`),[a,o]=[new B,new B];for(let t=0;t<r.count;t++)i&&(Oc(e,`normal`,t,o.fromBufferAttribute(i,t)),o.add(Oc(e,`position`,t,a.fromBufferAttribute(r,t)))),e.getVertexPosition(t,a),r.setXYZ(t,a.x,a.y,a.z),i&&(e instanceof ke&&e.applyBoneTransform(t,o),o.sub(a).normalize(),i.setXYZ(t,o.x,o.y,o.z))}function Oc(e,t,n,r){let i=e.geometry.morphAttributes[t]??[],[a,o]=[new B,r.clone()];for(let[t,s]of i.entries()){let i=e.morphTargetInfluences?.[t]??0;a.fromBufferAttribute(s,n),e.geometry.morphTargetsRelative||a.sub(o),r.addScaledVector(a,i)}return r}var kc=class{ctx;onChange;report;model=null;generation=0;constructor(e,t,n){this.ctx=e,this.onChange=t,this.report=n}load(e,t=null){let n=++this.generation,r=At(async()=>{let{loadGlb:e}=await import(`./load-BYNfr4LO.js`);return{loadGlb:e}},__vite__mapDeps([6,2,4,5]),import.meta.url).then(({loadGlb:n})=>n(e,t)).then(e=>{n===this.generation?this.show(e,e.problem):e.dispose()},e=>{n===this.generation&&this.show(null,e instanceof Error?e.message:String(e))});this.ctx.images.wait(r)}dispose(){this.generation++,this.free(this.model),this.model=null}show(e,t){let n=this.model;this.model=e,e&&this.ctx.neutralEnvironment.add(e.materials),this.report(t),this.onChange(e),this.free(n)}free(e){e&&this.ctx.neutralEnvironment.remove(e.materials),e?.dispose()}},Ac={vertices:new Float32Array,faces:new Uint32Array};function jc(e,t){if(!(e instanceof Float32Array)||!(t instanceof Uint32Array))return{...Ac,problem:`its vertices and faces must be arrays of numbers`};if(e.length%3!=0||t.length%3!=0)return{...Ac,problem:`its vertices and faces must be three numbers each`};let n=e.length/3,r=Mc(e),i=0,a=0,o=t;for(let e=0;e<t.length;e+=3){let s=t[e],c=t[e+1],l=t[e+2],u=s>=n||c>=n||l>=n,d=!u&&r!==null&&(r[s]===1||r[c]===1||r[l]===1);u||d?(u&&i++,o===t&&(o=t.slice())):(o!==t&&(o[a]=s,o[a+1]=c,o[a+2]=l),a+=3)}o!==t&&(o=o.slice(0,a));let s=[];return i>0&&s.push(`${i} of ${t.length/3} faces have an index beyond the ${n} vertices`),r&&s.push(`some vertices are not finite`),{vertices:r?Nc(e,r):e,faces:o,problem:s.length>0?`${s.join(`; `)}: left out`:null}}function Mc(e){let t=null;for(let n=0;n<e.length;n++){let r=e[n];r-r!==0&&(t??=new Uint8Array(e.length/3),t[Math.floor(n/3)]=1)}return t}function Nc(e,t){let n=e.slice();for(let e=0;e<t.length;e++)t[e]&&n.fill(0,3*e,3*e+3);return n}function Pc(e,t){let n=new Float32Array(e.length);for(let r=0;r<t.length;r+=3){let i=3*t[r],a=3*t[r+1],o=3*t[r+2],s=e[a]-e[i],c=e[a+1]-e[i+1],l=e[a+2]-e[i+2],u=e[o]-e[i],d=e[o+1]-e[i+1],f=e[o+2]-e[i+2],p=c*f-l*d,m=l*u-s*f,h=s*d-c*u;for(let e of[i,a,o])n[e]+=p,n[e+1]+=m,n[e+2]+=h}for(let e=0;e<n.length;e+=3){let t=Math.hypot(n[e],n[e+1],n[e+2]);t>0&&t<1/0?(n[e]/=t,n[e+1]/=t,n[e+2]/=t):(n[e]=0,n[e+1]=0,n[e+2]=1)}return n}function Fc(e,t,n){let r=jc(e,t),i=new L;if(i.setAttribute(`position`,new U(r.vertices,3)),!n){let e=Pc(r.vertices,r.faces);i.setAttribute(`normal`,new U(e,3))}return i.setIndex(new U(r.faces,1)),i.computeBoundingSphere(),{geometry:i,problem:r.problem}}var Ic=[`standard`,`toon3`,`toon5`],Lc=[`front`,`back`,`double`];function Rc(e){return e.opacity>=1&&!e.wireframe}function zc(e){let t=typeof e.opacity==`number`?Math.min(1,Math.max(0,e.opacity)):1,n=e.receive_shadow;return{surface:{material:Ic.includes(e.material)?e.material:`standard`,flat:e.flat_shading===!0,wireframe:e.wireframe===!0,side:Lc.includes(e.side)?e.side:`front`,opacity:Number.isNaN(t)?1:t,vertexColors:!1},castShadow:e.cast_shadow!==!1,receiveShadow:n===!0,shadowOpacity:typeof n==`number`&&n>0?Math.min(1,n):null}}var Bc=class extends Ts{drawer;geometry=null;material=null;materialKey=``;instances=ka;constructor(e,t){super(e,t),this.drawer=new yc(e,this.group)}update(e,t){let n=zc(e);J(t,`vertices`,`faces`,`flat_shading`)&&this.rebuild(e,n.surface.flat);let r=!1;if(J(t,`batched_wxyzs`,`batched_positions`,`batched_scales`)){let t=this.instances;this.instances=Aa(e.batched_wxyzs,e.batched_positions,e.batched_scales),this.report(`instances`,this.instances.problem),r=t.total!==this.instances.total||t.count!==t.total||this.instances.count!==t.count,this.drawer.setInstances(this.instances)}this.updateSurface(e,n,r||J(t,`batched_colors`,`batched_opacities`)),J(t,`lod`)&&this.drawer.setLod(Vc(e.lod,this.report)),this.drawer.setShadows(n.castShadow,n.receiveShadow),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){return this.drawer.raycast(e)}opaque(){return this.material!==null&&!this.material.transparent&&!this.material.wireframe}outline(e){return this.drawer.outline(e)}dispose(){super.dispose(),this.drawer.dispose(),this.material?.dispose(),this.geometry&&Tc(this.geometry)}rebuild(e,t){let{geometry:n,problem:r}=Fc(e.vertices,e.faces,t);this.report(`geometry`,r),this.geometry&&Tc(this.geometry),this.geometry=n,this.updateDrawer()}updateDrawer(){let{geometry:e,material:t}=this,n=e&&t&&(e.getIndex()?.count??0)>0;this.drawer.setParts(n?[{geometry:e,material:t}]:[])}updateSurface(e,t,n){let r=n||!this.material?this.opacitiesOf(e):void 0,i=r===void 0?this.hasOpacities:r!==null,a={...t.surface,each:i},o=oa(a);o===this.materialKey&&this.material||(this.material?.dispose(),this.material=this.ctx.surfaces.make(a),this.materialKey=o,this.updateDrawer()),r!==void 0&&(this.hasOpacities=i,this.looks=[this.colorsOf(e.batched_colors),r]),this.drawer.setLooks(...this.looks,i||t.surface.opacity<1)}hasOpacities=!1;looks=[null,null];colorsOf(e){let{ids:t,count:n,total:r}=this.instances,i=e instanceof Uint8Array||Array.isArray(e)?e:[],a=i.length===3*r&&r!==1,o=a||i.length===3;this.report(`colors`,o?null:`its colors must be one for all, or one for each instance`);let s=new Float32Array(3*n),c=[.5,.5,.5];o&&da(i,c);for(let e=0;e<n;e++)a&&da(i.slice(3*t[e],3*t[e]+3),c),s.set(c,3*e);return s}opacitiesOf(e){let t=e.batched_opacities??null,{ids:n,count:r,total:i}=this.instances,a=t===null||t instanceof Float32Array&&t.length===i;if(this.report(`opacities`,a?null:`the number of opacities differs from the number of instances`),!a||t===null)return null;let o=new Float32Array(r),s=!0;for(let e=0;e<r;e++){let r=t[n[e]];o[e]=Number.isNaN(r)?1:Math.min(1,Math.max(0,r)),s&&=o[e]===1}return s?null:o}};function Vc(e,t){if(t(`lod`,null),e===`auto`||e===`off`)return e;let n=[];for(let t of Array.isArray(e)?e.slice(0,Hc):[]){let[e,r]=Array.isArray(t)?t:[];e>=0&&r>=0&&r<=1&&n.push({distance:e,ratio:r})}return Array.isArray(e)&&n.length===e.length||t(`lod`,`some of its levels of detail are not a distance and a ratio: left out`),n}var Hc=16,Uc=class extends Ts{slot;drawer;parts=[];constructor(e,t){super(e,t),this.drawer=new yc(e,this.group),this.slot=new kc(e,e=>this.show(e),e=>t(`glb`,e))}update(e,t){if(J(t,`glb_data`)&&this.slot.load(e.glb_data),J(t,`batched_wxyzs`,`batched_positions`,`batched_scales`)){let t=Aa(e.batched_wxyzs,e.batched_positions,e.batched_scales);this.report(`instances`,t.problem),this.drawer.setInstances(t)}J(t,`lod`)&&this.drawer.setLod(Vc(e.lod,this.report));let{castShadow:n,receiveShadow:r}=zc(e);this.drawer.setShadows(n,r),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){return this.drawer.raycast(e)}opaque(){return!0}outline(e){return this.drawer.outline(e)}dispose(){super.dispose(),this.drawer.dispose(),this.dropParts(),this.slot.dispose()}show(e){this.dropParts();let t=!1;if(e){e.root.updateMatrixWorld(!0);for(let n of e.meshes)this.parts.push({geometry:Ec(n,n.matrixWorld),material:n.material}),t||=[n.material].flat().some(e=>e.transparent)}let n=e!==null&&e.others>0;this.report(`glb parts`,n?`lines and points of its GLB are not drawn in a batch`:null),this.drawer.setLooks(null,null,t),this.drawer.setParts(this.parts),this.ctx.requestRender()}dropParts(){for(let{geometry:e}of this.parts)Tc(e);this.parts=[]}};function Wc(){return{fogColor:{value:new z},fogNear:{value:0},fogFar:{value:1}}}var Gc=`
#ifdef USE_FOG
out float vFogDepth;
#endif
void setFogDepth(vec4 view) {
  #ifdef USE_FOG
  vFogDepth = -view.z;
  #endif
}
`,Kc=`
#ifdef USE_FOG
uniform vec3 fogColor;
uniform float fogNear;
uniform float fogFar;
in float vFogDepth;
#endif
vec3 inFog(vec3 color) {
  #ifdef USE_FOG
  color = mix(color, fogColor, smoothstep(fogNear, fogFar, vFogDepth));
  #endif
  return color;
}
`,qc=7,Jc=`${Gc}
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
out vec3 vColor;

void main() {
  vec4 a = modelViewMatrix * vec4(segmentStart, 1.0);
  vec4 b = modelViewMatrix * vec4(segmentEnd, 1.0);
  vColor = uniformColor;
  #ifdef SEGMENT_COLORS
  vColor = mix(colorStart.rgb, colorEnd.rgb, along);
  #endif
  // Segments that are not finite or entirely behind the camera are left out.
  bool bad = any(isnan(a)) || any(isnan(b)) || any(isinf(a)) || any(isinf(b));
  float near = projectionMatrix[3][2] / (projectionMatrix[2][2] - 1.0);
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
`,Yc=`${Kc}
uniform float opacity;
in vec3 vColor;
out vec4 fragColor;
void main() {
  // Colors are sRGB and unlit: written unchanged.
  fragColor = vec4(inFog(vColor), opacity);
}
`;function Xc(){let e=new Float32Array(14),t=new Float32Array(28);for(let n=0;n<14;n++){let r=+(n<qc),i=n%qc,a=(r?-.5:.5)*Math.PI+i/6*Math.PI;e[n]=r,t[2*n]=Math.cos(a),t[2*n+1]=Math.sin(a)}let n=new Uint16Array(36);for(let e=0;e<12;e++)n.set([0,e+1,e+2],e*3);return{along:e,offset:t,index:n}}var Zc=Xc(),Qc=class{mesh;points=null;origin=va;colors=null;constructor(e){let t=new y({glslVersion:xe,vertexShader:Jc,fragmentShader:Yc,fog:!0,uniforms:{...Wc(),viewport:e.viewport,pixelRatio:e.pixelRatio,thickness:{value:1},worldUnits:{value:!1},rim:{value:0},uniformColor:{value:[0,0,0]},opacity:{value:1}}});this.mesh=new d(this.makeGeometry(),t),this.mesh.frustumCulled=!1,this.mesh.matrixAutoUpdate=!1}setPoints(e,n=va){this.origin=n,wa(this.mesh,n);let r=Math.floor(e.length/6);if(this.points&&this.points.array.length===e.length){this.points.array=e,this.points.needsUpdate=!0;return}let i=this.colors;this.mesh.geometry.dispose(),this.mesh.geometry=this.makeGeometry(),this.points=new Oe(e,6,1),this.points.setUsage(j);let a=this.mesh.geometry;a.setAttribute(`segmentStart`,new t(this.points,3,0)),a.setAttribute(`segmentEnd`,new t(this.points,3,3)),a.instanceCount=r,this.mesh.visible=r>0,this.colors=null,i&&i.count===r?this.bindColors(i.array):this.colorBySegment(!1)}setColor(e){this.mesh.material.uniforms.uniformColor.value=e,this.colorBySegment(!1)}setColors(e){let t=this.mesh.geometry.instanceCount,n=this.colors?.count===t?this.colors.array:null,r=n??new Uint8Array(t*8);for(let n=0,i=0;n<t*2;n++,i+=3)r[4*n]=e[i],r[4*n+1]=e[i+1],r[4*n+2]=e[i+2],r[4*n+3]=255;n?this.colors.needsUpdate=!0:this.bindColors(r),this.colorBySegment(!0)}pick(e,t,n){let{value:r,units:i}=this.thickness();return vs(this.points?.array??new Float32Array,_s(e,t,Ta(n.clone(),this.origin)),e,t,r,i)}setThickness({value:e,units:t}){let n=this.mesh.material.uniforms;n.thickness.value=e,n.worldUnits.value=t===`world`}thickness(){let e=this.mesh.material.uniforms;return{value:e.thickness.value,units:e.worldUnits.value?`world`:`screen`}}setRim(e){let{material:t}=this.mesh;t.uniforms.rim.value=e,t.polygonOffset=!0,t.polygonOffsetFactor=4,t.polygonOffsetUnits=16}takeThickness(e){let t=Number(e.thickness),n=Number.isFinite(t)&&t>=0,r=e.thickness_units===`screen`?`screen`:`world`;return this.setThickness({value:n?t:1,units:r}),n?null:`its thickness must be a finite number, 0 or more`}dispose(){this.mesh.removeFromParent(),this.mesh.geometry.dispose(),this.mesh.material.dispose()}bindColors(e){this.colors=new Oe(e,8,1),this.colors.setUsage(j);let n=this.mesh.geometry;n.setAttribute(`colorStart`,new t(this.colors,4,0,!0)),n.setAttribute(`colorEnd`,new t(this.colors,4,4,!0)),this.colorBySegment(!0)}colorBySegment(e){let t=this.mesh.material;e!==`SEGMENT_COLORS`in t.defines&&(e?t.defines.SEGMENT_COLORS=``:delete t.defines.SEGMENT_COLORS,t.needsUpdate=!0)}makeGeometry(){let e=new T;return e.setAttribute(`along`,new U(Zc.along,1)),e.setAttribute(`offset`,new U(Zc.offset,2)),e.setIndex(new U(Zc.index,1)),e.boundingSphere=new De,e.instanceCount=0,e}},$c=.3,el={light:[20,20,20],dark:[200,205,212]},tl=class extends Ts{lines;faces;picture;loading=null;segments=new Float32Array;half=[1,1,1];color;unsubscribe;constructor(e,t){super(e,t),this.lines=new Qc(e.frame),this.faces=new d(new L,new yt({side:2,transparent:!0,opacity:$c,depthWrite:!1,toneMapped:!1})),this.picture=new d(new L,new yt({side:2,toneMapped:!1})),this.picture.visible=!1,this.add(this.lines.mesh,this.faces,this.picture),this.unsubscribe=e.theme.onChange(()=>this.paint())}update(e,t){J(t,`fov`,`aspect`)&&this.setLens(Number(e.fov),Number(e.aspect)),J(t,`color`)&&(this.color=e.color,this.paint()),J(t,`thickness`,`thickness_units`)&&this.report(`thickness`,this.lines.takeThickness(e)),J(t,`_image_data`,`_format`)&&this.load(e._image_data,String(e._format??`png`)),J(t,`scale`)&&this.setScale(e.scale);let n=zc(e);this.faces.visible=e.variant===`filled`,this.picture.castShadow=n.castShadow,this.ctx.requestRender()}raycast(e){let t=this.worldMatrix().invert().elements,[n,r,i]=this.half,a=[[-n,-r,i],[n,-r,i],[n,r,i],[-n,r,i]],o=[0,0,0],s=null,c=(n,r,i)=>{let a=Hs(e,t,n,r,i);a!==null&&(s===null||a<s)&&(s=a)};for(let e=0;e<4;e++)c(o,a[e],a[(e+1)%4]);return c(a[0],a[1],a[2]),c(a[0],a[2],a[3]),s===null?null:{distance:s,instance:null}}outline(){let{segments:e,lines:t}=this;return{segments:e,matrix:this.worldMatrix(),thickness:t.thickness()}}dispose(){super.dispose(),this.unsubscribe(),this.loading?.cancel(),this.lines.dispose(),this.picture.material.map?.dispose();for(let e of[this.faces,this.picture])e.geometry.dispose(),e.material.dispose()}paint(){let e=this.ctx.theme.resolve(this.color,el);this.lines.setColor(fa(e)),this.faces.material.color.setRGB(...da(e))}setLens(e,t){let n=nl(e,t);this.report(`lens`,n===null?`its fov must be between 0 and pi, its aspect above 0`:null),this.half=n??nl(1,1);let[r,i,a]=this.half,o=[0,0,0],s=[[-r,-i,a],[r,-i,a],[r,i,a],[-r,i,a]],c=[];for(let e=0;e<4;e++)c.push(...o,...s[e],...s[e],...s[(e+1)%4]);c.push(0,-i*.9,a,0,-i*1.1,a),this.segments=new Float32Array(c),this.lines.setPoints(this.segments),rl(this.faces.geometry,[o,...s],[0,1,2,0,2,3,0,3,4,0,4,1]);let l=this.picture.geometry;rl(l,s,[0,2,1,0,3,2]);let u=new Float32Array([0,1,1,1,1,0,0,0]);l.setAttribute(`uv`,new U(u,2))}load(e,t){this.loading?.cancel(),this.loading=null,!(e instanceof Uint8Array)||e.length===0?(this.report(`image`,null),this.show(null)):this.loading=this.ctx.images.load(e,t,(e,t)=>{this.report(`image`,t),this.show(e)})}show(e){let{material:t}=this.picture,n=t.map!==null;t.map?.dispose(),t.map=e,n!==(e!==null)&&(t.needsUpdate=!0),this.picture.visible=e!==null,this.ctx.requestRender()}};function nl(e,t){if(!(e>0&&e<Math.PI&&t>0))return null;let n=Math.tan(e/2),r=Math.cbrt(n*n*t/3),i=n/r,a=[i*t,i,1/r];return a.every(e=>e>0&&Number.isFinite(Math.fround(e)))?a:null}function rl(e,t,n){let r=new Float32Array(t.flat()),i=e.getAttribute(`position`);i?(i.array.set(r),i.needsUpdate=!0):(e.setAttribute(`position`,new U(r,3)),e.setIndex(n)),e.computeBoundingSphere()}var il=[1,1,1];function al(e){let t=Number(e.axes_length),n=Number(e.axes_radius),r=Number(e.origin_radius);if(![t,n,r].every(e=>Number.isFinite(e)&&e>=0))return null;let i=Math.max(t,n,r);if(i===0)return{unit:0,length:0,radius:0,origin:0};let a=e=>Number((e/i).toPrecision(5));return{unit:i,length:a(t),radius:a(n),origin:a(r)}}function ol(e,t){let n=new Ae(e.origin,14,9),r=[...Ys(e.length,e.radius),{geometry:n,color:t}],i=ws(r);for(let{geometry:e}of r)e.dispose();return i}var sl=class{ctx;report;instance=new ma;pose=new q;look=null;sizes=null;size=[1,1,1];shown=!1;constructor(e,t){this.ctx=e,this.report=t}update(e){let t=al(e),n=Oa(e.scale??1),r=t!==null&&n!==null;if(this.report(`size`,r?null:`its sizes must be finite numbers, 0 or more`),this.sizes=r&&t.unit>0&&e.show_axes!==!1?t:null,this.look=null,this.sizes&&n){let t=da(e.origin_color??[236,236,0]),{unit:r,length:i,radius:a,origin:o}=this.sizes;this.size=[r*n[0],r*n[1],r*n[2]],this.look={shapeKey:`frame ${i} ${a} ${o} ${t.map(e=>e.toFixed(4))}`,makeShape:()=>ol(this.sizes,t),surface:Js,castShadow:!1,receiveShadow:!1}}this.place()}setPose(e){this.pose.copy(e),this.writePose()}setShown(e){this.shown=e,this.place()}raycast(e){if(!this.sizes)return null;let{length:t,radius:n,origin:r}=this.sizes,i=Is(e,this.pose,this.size),a=Xs(t,n),o=Zs(i,t,a),s=Math.max(r,a),[c,l,u,d,f,p]=i,m=Rs([c/s,l/s,u/s,d/s,f/s,p/s]),h=Math.min(o??1/0,m??1/0);return h===1/0?null:{distance:h,instance:null}}outline(){let e=this.instance.batch?.geometry;if(!e)return null;let t=new P;return this.pose.toMatrix(t.elements,0,...this.size),{geometry:e,matrix:t,fromCenter:!1}}dispose(){this.ctx.instances.leave(this.instance),this.ctx.requestRender()}place(){this.ctx.requestRender(),!this.shown||!this.look?this.ctx.instances.leave(this.instance):(this.ctx.instances.join(this.instance,this.look).setLook(this.instance,il,1),this.writePose())}writePose(){this.instance.batch&&(this.instance.batch.setPose(this.instance,this.pose,...this.size),this.ctx.requestRender())}},cl=[`animation`,`paused`,`animation_time`,`animation_speed`,`animation_once`],ll=class{model;report;mixer;action=null;playing=!1;once=!1;finished=!1;constructor(e,t){this.model=e,this.report=t,this.mixer=new We(e.root),this.mixer.addEventListener(`finished`,()=>{this.finished=!0})}get moves(){return this.action!==null&&this.playing&&!this.finished&&this.mixer.timeScale!==0}apply(e,t){let n=t===null||t.has(`animation`);n&&this.choose(e.animation),this.playing=e.paused!==!0,this.mixer.timeScale=ul(e.animation_speed,1),this.once=e.animation_once===!0;let{action:r}=this;r&&(r.setLoop(this.once?F:gt,1/0),r.clampWhenFinished=!0,(t?.has(`animation_once`)||t?.has(`animation_speed`))&&this.restart(r),(n||t?.has(`animation_time`))&&this.seek(r,ul(e.animation_time,0)))}step(e){this.moves&&this.mixer.update(e)}dispose(){this.report(null),this.mixer.stopAllAction(),this.mixer.uncacheRoot(this.model.root)}choose(e){let{clips:t}=this.model;this.mixer.stopAllAction();let n=ul(e,0),r=t[n];this.action=r?this.mixer.clipAction(r):null;let i=!r&&n>=0&&typeof e==`number`;this.report(i?`its GLB has no animation ${n}: it has ${t.length}`:null)}restart(e){this.finished=!1,e.paused=!1,e.enabled=!0}seek(e,t){let{duration:n}=e.getClip();e.reset().play(),this.finished=!1,e.time=this.once?Math.min(n,Math.max(0,t)):t===n?n:dl(t,n),this.mixer.update(0)}};function ul(e,t){return typeof e==`number`&&Number.isFinite(e)?e:t}function dl(e,t){return t>0?(e%t+t)%t:0}var fl=new ee,pl=.1,ml=class extends Ts{slot;player=null;props=null;surface=null;shadowOverlays=[];lastFrame=0;onFrame=e=>this.animate();constructor(e,t){super(e,t),this.slot=new kc(e,e=>this.show(e),e=>t(`glb`,e))}update(e,t){this.props=e,J(t,`glb_data`,`scene`)&&this.slot.load(e.glb_data,typeof e.scene==`number`?e.scene:null),J(t,...cl)&&this.play(t),J(t,`cast_shadow`,`receive_shadow`)&&(this.surface=zc(e),this.applyShadows()),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){let{model:t}=this.slot;if(!t)return null;fl.ray.origin.set(...e.origin),fl.ray.direction.set(...e.direction);let n=fl.intersectObjects(t.meshes,!1);return n[0]?{distance:n[0].distance,instance:null}:null}opaque(){return!0}outline(){return(this.slot.model?.meshes??[]).map(e=>({geometry:e.geometry,matrix:e.matrixWorld,fromCenter:!e.geometry.hasAttribute(`normal`),...e instanceof ke&&{skin:e}}))}dispose(){super.dispose(),this.stop(),this.removeShadowOverlays(),this.slot.dispose()}show(e){if(this.stop(),this.removeShadowOverlays(),this.group.clear(),e){this.group.add(e.root);for(let t of e.meshes)t instanceof ke&&(t.frustumCulled=!1);this.start(e)}this.applyShadows(),this.group.updateMatrixWorld(!0),this.ctx.requestRender()}start(e){this.player=new ll(e,e=>this.report(`glb animation`,e)),this.play(null)}play(e){let{player:t,props:n}=this;t&&n&&(t.apply(n,e),this.lastFrame=performance.now(),t.moves?this.ctx.perFrame.add(this.onFrame):this.ctx.perFrame.delete(this.onFrame),this.moved())}moved(){for(let e of this.slot.model?.meshes??[])e instanceof ke&&(e.boundingSphere=null);this.group.updateMatrixWorld(!0),this.ctx.requestRender()}stop(){this.ctx.perFrame.delete(this.onFrame),this.player?.dispose(),this.player=null}animate(){let e=performance.now(),t=Math.min(pl,(e-this.lastFrame)/1e3);this.lastFrame=e,this.group.visible&&(this.player?.step(t),this.player?.moves||this.ctx.perFrame.delete(this.onFrame),this.moved())}applyShadows(){let{surface:e,slot:t}=this;if(e){this.removeShadowOverlays();for(let n of t.model?.meshes??[])n.castShadow=e.castShadow,n.receiveShadow=e.receiveShadow,e.shadowOpacity!==null&&this.addShadowOverlay(n,e.shadowOpacity);this.group.updateMatrixWorld(!0)}}addShadowOverlay(e,t){let n=new D({opacity:t,depthWrite:!1,polygonOffset:!0,polygonOffsetFactor:-1,polygonOffsetUnits:-1}),r;if(e instanceof ke){let t=new ke(e.geometry,n);t.bind(e.skeleton,e.bindMatrix),t.frustumCulled=!1,r=t}else r=new d(e.geometry,n);r.receiveShadow=!0,e.add(r),this.shadowOverlays.push(r)}removeShadowOverlays(){for(let e of this.shadowOverlays)e.removeFromParent(),e.material.dispose();this.shadowOverlays=[]}},hl=1.05,gl=1e4,_l=1e-6;function vl(e,t){if(!(t>0))return 0;let n=e/t;return n-Math.floor(n)}var yl=new P,bl=new B,xl=new B;function Sl(e,t,n,r){bl.setFromMatrixPosition(r.matrixWorld),yl.copy(n).invert();let{x:i,y:a,z:o}=bl.applyMatrix4(yl);e.foot.value=xl.set(i,a,0).applyMatrix4(n).toArray();let s=[i,a],c=t.fadeDistance*(e.fadeStrength.value>0?hl:gl);for(let r of[0,1]){let i=c*Cl(n,r),a=t.infinite&&!t.fadeFromOrigin?0:-s[r];e.rimLow.value[r]=-s[r]-.5*t.size[r],e.rimHigh.value[r]=-s[r]+.5*t.size[r];let o=t.infinite?i:.51*t.size[r];e.low.value[r]=a-o,e.high.value[r]=a+o,e.cellPhase.value[r]=vl(s[r],e.cell.value[0]),e.sectionPhase.value[r]=vl(s[r],e.section.value[0])}let l=Math.max(e.high.value[0]-e.low.value[0],e.high.value[1]-e.low.value[1]);return e.unit.value=Math.max(Math.abs(o),_l*l),t.infinite&&!t.fadeFromOrigin?[i,a]:[0,0]}function Cl(e,t){let n=e.elements,r=Math.hypot(n[4*t],n[4*t+1],n[4*t+2]);return r>0?1/r:1}var wl=`${Gc}
uniform vec3 foot;       // in the three.js world
uniform vec2 low;        // the drawn rectangle, relative to the foot
uniform vec2 high;
uniform float unit;      // of the rings of vertices
out vec2 vPlane;
out vec3 vFromCamera;
out vec3 vFromOrigin;
void main() {
  vPlane = clamp(position.xy * unit, low, high);
  vec4 world = vec4(foot + mat3(modelMatrix) * vec3(vPlane, 0.0), 1.0);
  vFromCamera = world.xyz - cameraPosition;
  vFromOrigin = world.xyz - modelMatrix[3].xyz;
  vec4 view = viewMatrix * world;
  setFogDepth(view);
  gl_Position = projectionMatrix * view;
}
`,Tl=`${Kc}
uniform bool infinite;
uniform float pixelRatio;
uniform vec2 rimLow;     // edges of a finite grid, relative to the foot
uniform vec2 rimHigh;
uniform vec2 cell;       // distance and thickness of lines
uniform vec2 cellPhase;  // the foot's position between two lines, 0 to 1
uniform vec2 section;
uniform vec2 sectionPhase;
uniform vec3 cellColor;
uniform vec3 sectionColor;
uniform vec4 plane;
uniform float fadeDistance;
uniform float fadeStrength;
uniform bool fadeFromOrigin;
in vec2 vPlane;
in vec3 vFromCamera;
in vec3 vFromOrigin;
out vec4 fragColor;

// Coverage of this pixel by one family of lines.
float lines(vec2 spacing, vec2 phase, vec2 perPixel) {
  float width = spacing.y * pixelRatio;
  if (width <= 0.0 || spacing.x <= 0.0) return 0.0;
  vec2 toLine = abs(fract(vPlane / spacing.x + phase + 0.5) - 0.5) * spacing.x;
  vec2 cover = clamp(0.5 * width + 0.5 - toLine / perPixel, 0.0, 1.0) * min(width, 1.0);
  // Spacing below a pixel: average coverage.
  vec2 mean = clamp(width * perPixel / spacing.x, 0.0, 1.0);
  cover = mix(cover, mean, smoothstep(0.25, 0.6, perPixel / spacing.x));
  return max(cover.x, cover.y);
}

void main() {
  vec2 perPixel = max(fwidth(vPlane), 1e-9);
  vec2 rim = min(vPlane - rimLow, rimHigh - vPlane);
  float inside = 1.0;
  float onPlane = 1.0;
  if (!infinite) {
    float half_ = 0.5 * max(cell.y, section.y) * pixelRatio + 0.5;
    vec2 edge = clamp(rim / perPixel + half_, 0.0, 1.0);
    inside = edge.x * edge.y;
    vec2 flat_ = clamp(rim / perPixel + 0.5, 0.0, 1.0);
    onPlane = flat_.x * flat_.y;
  }
  float far = length(fadeFromOrigin ? vFromOrigin : vFromCamera) / max(fadeDistance, 1e-6);
  float fade = fadeStrength > 0.0 ? pow(max(1.0 - far, 0.0), fadeStrength) : 1.0;
  float s = lines(section, sectionPhase, perPixel) * fade * inside;
  float c = lines(cell, cellPhase, perPixel) * fade * inside;
  vec4 color = vec4(plane.rgb, plane.a * onPlane * (infinite ? fade : 1.0));
  float a = max(s, c);
  vec3 line = mix(cellColor, sectionColor, a > 0.0 ? s / max(s, max(c, 1e-5)) : 0.0);
  // Blends the lines over the plane.
  float alpha = a + color.a * (1.0 - a);
  if (alpha < 0.002) discard;
  vec3 mixed = (line * a + color.rgb * color.a * (1.0 - a)) / alpha;
  fragColor = vec4(inFog(mixed), alpha);
}
`;function El(e){let t=()=>({value:[0,0]});return{...Wc(),pixelRatio:e.pixelRatio,foot:{value:[0,0,0]},low:t(),high:t(),rimLow:t(),rimHigh:t(),unit:{value:1},infinite:{value:!1},cell:t(),cellPhase:t(),section:t(),sectionPhase:t(),cellColor:{value:[0,0,0]},sectionColor:{value:[0,0,0]},plane:{value:[1,1,1,0]},fadeDistance:{value:100},fadeStrength:{value:1},fadeFromOrigin:{value:!1}}}function Dl(e,t){return new y({...t,glslVersion:xe,vertexShader:wl,fragmentShader:Tl,transparent:!0,fog:!0,uniforms:e})}var Ol=8,kl=9,Al={left:.6753,right:.8137,bottom:.5471,top:.7319};function jl(){let e=Ml(Al.left,Al.right),t=Ml(Al.bottom,Al.top),n=e.length,r=t.flatMap(t=>e.flatMap(e=>[e,t,0])),i=[];for(let e=0;e+1<t.length;e++)for(let t=e*n;t+1<(e+1)*n;t++)i.push(t,t+1,t+n+1,t,t+n+1,t+n);let a=new L;return a.setAttribute(`position`,new U(new Float32Array(r),3)),a.setIndex(i),a}function Ml(e,t){let n=Array.from({length:kl},(e,t)=>Ol**t);return n.push(1e30),[...n.map(t=>-t*e).reverse(),...n.map(e=>e*t)]}var Nl={light:[200,200,200],dark:[54,58,64]},Pl={light:[140,140,140],dark:[80,85,93]},Fl={depthWrite:!1,side:2,polygonOffset:!0,polygonOffsetFactor:1,polygonOffsetUnits:2},Il={xy:[0,1],yx:[1,0],xz:[0,2],zx:[2,0],yz:[1,2],zy:[2,1]};function Ll(e,t=new P){let[n,r]=Il[e]??Il.xy,i=[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1];i[n]=1,i[4+r]=1;let a=3-n-r;return i[8+a]=(n+1)%3===r?1:-1,t.fromArray(i)}var Rl=class extends Ts{uniforms=El(this.ctx.frame);grid;shadow;extent={size:[1,1],infinite:!1,fadeDistance:100,fadeFromOrigin:!1};colors={};prepare=e=>this.follow(e);unsubscribe;constructor(e,t){super(e,t),this.grid=new d(jl(),Dl(this.uniforms,Fl)),this.grid.frustumCulled=!1,this.grid.renderOrder=-10,this.shadow=new d(new Tt(1,1),new D(Fl)),this.shadow.receiveShadow=!0,this.shadow.frustumCulled=!1,this.shadow.renderOrder=-11,this.add(this.grid,this.shadow),e.perFrame.add(this.prepare),this.unsubscribe=e.theme.onChange(()=>this.paint())}update(e,t){let n=[],r=(t,r)=>{let i=e[t];return typeof i==`number`&&Number.isFinite(i)?i:(n.push(t),r)},i=this.uniforms;this.extent={size:[Math.abs(r(`width`,10)),Math.abs(r(`height`,10))],infinite:e.infinite_grid===!0,fadeDistance:r(`fade_distance`,100),fadeFromOrigin:e.fade_from===`origin`},i.infinite.value=this.extent.infinite,i.fadeDistance.value=this.extent.fadeDistance,i.fadeFromOrigin.value=this.extent.fadeFromOrigin,i.fadeStrength.value=r(`fade_strength`,1),i.cell.value=[r(`cell_size`,.5),r(`cell_thickness`,1)],i.section.value=[r(`section_size`,1),r(`section_thickness`,1)],i.plane.value=[...fa(e.plane_color),Bl(r(`plane_opacity`,0))],this.colors=e,this.paint(),Ll(String(e.plane),this.grid.matrix);let a=Bl(r(`shadow_opacity`,0));this.shadow.visible=a>0,this.shadow.material.opacity=a,this.report(`numbers`,n.length>0?`these must be finite numbers: ${n.join(`, `)}`:null),this.group.updateMatrixWorld(!0),J(t,`scale`)&&this.setScale(e.scale??1),this.ctx.requestRender()}dispose(){super.dispose(),this.unsubscribe(),this.ctx.perFrame.delete(this.prepare);for(let e of[this.grid,this.shadow])e.geometry.dispose(),e.material.dispose()}paint(){let{theme:e}=this.ctx;this.uniforms.cellColor.value=fa(e.resolve(this.colors.cell_color,Nl)),this.uniforms.sectionColor.value=fa(e.resolve(this.colors.section_color,Pl))}follow(e){if(!this.group.visible)return;let[t,n]=Sl(this.uniforms,this.extent,this.grid.matrixWorld,e);if(!this.shadow.visible)return;let{low:r,high:i}=this.uniforms,a=[i.value[0]-r.value[0],i.value[1]-r.value[1]],[o,s]=this.extent.infinite?a:this.extent.size;this.shadow.matrix.makeTranslation(t,n,0).premultiply(this.grid.matrix).scale(zl.set(o,s,1)),this.shadow.updateMatrixWorld(!0)}},zl=new B;function Bl(e){return Math.min(1,Math.max(0,e))}var Vl=class{ctx;report;mount=null;container=``;pose=new q;shown=!1;constructor(e,t){this.ctx=e,this.report=t}update(e){let t=typeof e.container_uuid==`string`?e.container_uuid:``;this.report(`container`,t?null:`it names no container`),t!==this.container&&(this.mount?.remove(),this.mount=t?this.ctx.mounts.add(t):null,this.container=t,this.mount?.setPose(this.pose),this.mount?.setShown(this.shown)),this.ctx.requestRender()}setPose(e){this.pose.copy(e),this.mount?.setPose(e),this.ctx.requestRender()}setShown(e){this.shown=e,this.mount?.setShown(e),this.ctx.requestRender()}dispose(){this.mount?.remove(),this.ctx.requestRender()}},Hl=.002,Ul=`image outline`;function Wl(){let e=new L,t=[-.5,-.5,0,.5,-.5,0,.5,.5,0,-.5,.5,0];e.setAttribute(`position`,new U(new Float32Array([...t,...t]),3));let n=[-1,-1,-1,-1,1,1,1,1].flatMap(e=>[0,0,e]);e.setAttribute(`normal`,new U(new Float32Array(n),3));let r=[0,1,1,1,1,0,0,0];return e.setAttribute(`uv`,new U(new Float32Array([...r,...r]),2)),e.setIndex([0,2,1,0,3,2,4,5,6,4,6,7]),e}var Gl=`image square`,Kl=class extends Ts{mesh;shadowOverlay;rim;loading=null;size=[0,0];constructor(e,t){super(e,t);let n=e.shapes.acquire(Gl,Wl);this.rim=e.shapes.acquire(Ul,bs),this.mesh=new d(n,new yt({toneMapped:!1})),this.mesh.material.shadowSide=2,this.shadowOverlay=new d(n,new D({depthWrite:!1,polygonOffset:!0,polygonOffsetFactor:-1,polygonOffsetUnits:-1})),this.shadowOverlay.receiveShadow=!0,this.mesh.visible=!1,this.shadowOverlay.visible=!1,this.add(this.mesh,this.shadowOverlay)}update(e,t){J(t,`render_width`,`render_height`)&&this.setSize(e),J(t,`_data`,`_format`)&&this.load(e._data,String(e._format??`png`)),J(t,`scale`)&&this.setScale(e.scale);let n=zc(e);this.mesh.castShadow=n.castShadow,this.shadowOverlay.material.opacity=n.shadowOpacity??0,this.showParts(),this.ctx.requestRender()}raycast(e){if(!this.mesh.visible)return null;let t=this.worldMatrix().invert().elements,[n,r]=[this.size[0]/2,this.size[1]/2],[i,a,o,s]=[[-n,-r,0],[n,-r,0],[n,r,0],[-n,r,0]],c=Hs(e,t,i,a,o)??Hs(e,t,i,o,s);return c===null?null:{distance:c,instance:null}}opaque(){return!0}outline(){if(!this.mesh.visible)return null;let[e,t]=this.size,n=this.worldMatrix();return n.multiply(this.mesh.matrix.clone().makeScale(e,t,Hl*Math.max(e,t))),{geometry:this.rim,matrix:n,fromCenter:!0}}dispose(){super.dispose(),this.loading?.cancel(),this.mesh.material.map?.dispose(),this.mesh.material.dispose(),this.shadowOverlay.material.dispose(),this.ctx.shapes.release(Gl),this.ctx.shapes.release(Ul)}setSize(e){let t=[Number(e.render_width),Number(e.render_height)],n=t.every(e=>Number.isFinite(e)&&e>0);this.report(`size`,n?null:`its width and height must be finite and above 0`),this.size=n?t:[0,0];for(let e of[this.mesh,this.shadowOverlay])e.matrix.makeScale(this.size[0],this.size[1],1),e.updateMatrixWorld(!0)}load(e,t){this.loading?.cancel(),this.loading=null,!(e instanceof Uint8Array)||e.length===0?(this.report(`image`,`it has no image`),this.show(null,!1)):this.loading=this.ctx.images.load(e,t,(e,n)=>{this.report(`image`,n),this.show(e,t===`png`)})}show(e,t){let{material:n}=this.mesh;n.map?.dispose(),n.map=e,n.transparent=t,n.alphaTest=t?1/255:0,n.needsUpdate=!0,this.showParts(),this.ctx.requestRender()}showParts(){this.mesh.visible=this.mesh.material.map!==null&&this.size[0]>0,this.shadowOverlay.visible=this.mesh.visible&&this.shadowOverlay.material.opacity>0}};function ql(e,t,n){let{box:r,spec:i}=e;if(!r)return null;let[a,o,s]=hs(t,n,e.x,e.y,e.z);if(!(s>n.near))return null;let[c,l]=ms(t,n),[u,d,f,p]=r,m=i.mode===`screen`?n.pixel:1/s,h=(c-a/s)/m-(u+e.shiftX),g=(l-o/s)/m-(d+e.shiftY);if(!(h>=0&&h<=f&&g>=0&&g<=p))return null;let _={distance:s/ps(t,n),instance:null};return i.depthTest?{..._,occludable:!0}:{..._,onTop:!0}}var Jl=new Set([`top`,`center`,`bottom`].flatMap(e=>[`left`,`center`,`right`].map(t=>`${e}-${t}`))),Yl=class{report;label;constructor(e,t){this.report=t,this.label=e.labels.add({text:``,mode:`screen`,size:1,depthTest:!1,anchor:`top-left`},e=>t(`text`,e))}update(e){let t=e.font_size_mode===`scene`,n=e.anchor??`top-left`,r=Jl.has(n);this.report(`anchor`,r?null:`its anchor is not one of the nine`),this.label.set({text:String(e.text??``),mode:t?`scene`:`screen`,size:Number(t?e.font_scene_height:e.font_screen_scale),depthTest:e.depth_test===!0,anchor:r?n:`top-left`})}setPose(e){this.label.moveTo(e.px,e.py,e.pz)}setShown(e){this.label.show(e)}raycast(e,t){return ql(this.label,e,t)}dispose(){this.label.remove()}},Xl=1024,Zl=.02,Ql=.001,$l=1.55,eu=class extends Ts{light;constructor(e,t,n){super(e,t),this.light=n,this.light.position.set(0,0,0),this.light.updateMatrix(),this.add(n)}update(e){this.light.color.setRGB(...da(e.color??e.sky_color)),this.light.intensity=this.number(e,`intensity`),this.take(e),this.ctx.requestRender()}dispose(){super.dispose(),this.ctx.lights.casters.delete(this.light),this.light.dispose()}take(e){}number(e,t){let n=e[t],r=typeof n==`number`&&n>=0&&n<1/0;return this.report(t,r?null:`its ${t} must be a finite number, 0 or more`),r?n:0}castShadow(e){this.light.castShadow=e,e?this.ctx.lights.casters.add(this.light):this.ctx.lights.casters.delete(this.light);let{shadow:t}=this.light;!e&&t?.map&&(t.map.dispose(),t.map=null)}},tu=class extends eu{constructor(e,t){super(e,t,new nt)}},nu=class extends eu{constructor(e,t){super(e,t,new Ce)}take(e){this.light.groundColor.setRGB(...da(e.ground_color))}setPose(e){super.setPose(new q().copy(e).translate(this.ctx.origin))}},ru=class extends eu{sun;constructor(e,t){let n=new Ke;super(e,t,n),this.sun=new qo(n)}take(e){this.castShadow(e.cast_shadow===!0),this.light.castShadow?this.ctx.lights.directionalShadows.add(this.sun):this.ctx.lights.directionalShadows.delete(this.sun),this.face()}setPose(e){super.setPose(e),this.face();let{px:t,py:n,pz:r}=new q().copy(e).translate(this.ctx.origin),i=t===0&&n===0&&r===0;this.report(`direction`,i?`it is at the origin of the world, so it has no direction`:null),this.sun.setDirection(t,n,r)}dispose(){super.dispose(),this.ctx.lights.directionalShadows.delete(this.sun)}face(){let[e,t,n]=this.ctx.origin;this.light.target.matrixWorld.makeTranslation(-e,-t,-n),this.group.updateMatrixWorld(!0),this.sun.reset()}};function iu(e){e.mapSize.set(Xl,Xl),e.camera.near=Zl,e.normalBias=.02,e.bias=-5e-4}var au=class extends eu{constructor(e,t){super(e,t,new c),iu(this.light.shadow)}take(e){this.light.distance=this.number(e,`distance`),this.light.decay=this.number(e,`decay`),this.castShadow(e.cast_shadow===!0)}},ou=class extends eu{constructor(e,t){super(e,t,new n),this.add(this.light.target),iu(this.light.shadow)}take(e){this.light.distance=this.number(e,`distance`),this.light.decay=this.number(e,`decay`),this.light.angle=Math.min(Math.max(this.number(e,`angle`),Ql),$l),this.light.penumbra=Math.min(this.number(e,`penumbra`),1),this.aim(e.direction),this.castShadow(e.cast_shadow===!0)}aim(e){let[t,n,r]=Array.isArray(e)?e.map(Number):[],i=Math.hypot(t,n,r),a=i>0&&i<1/0;this.report(`direction`,a?null:`its direction must be three finite numbers, not all 0`);let{target:o}=this.light;a?o.position.set(t/i,n/i,r/i):o.position.set(0,0,-1),o.updateMatrix(),this.group.updateMatrixWorld(!0)}},su=null;function cu(){return su??=At(async()=>{let{RectAreaLightUniformsLib:e}=await import(`./RectAreaLightUniformsLib-msiYxW6O.js`);return{RectAreaLightUniformsLib:e}},__vite__mapDeps([7,2]),import.meta.url).then(({RectAreaLightUniformsLib:e})=>e.init()),su}var lu=class extends eu{gone=!1;constructor(e,t){super(e,t,new ie),this.light.visible=!1;let n=cu().then(()=>{this.gone||(this.light.visible=!0,this.ctx.requestRender())},()=>{su=null,this.gone||this.report(`tables`,`the code for these lights could not be loaded`)});e.images.wait(n)}take(e){this.light.width=this.number(e,`width`),this.light.height=this.number(e,`height`)}dispose(){this.gone=!0,super.dispose()}},uu=class extends Ts{lines;constructor(e,t){super(e,t),this.lines=new Qc(e.frame),this.add(this.lines.mesh)}update(e,t){let n=this.count;J(t,`points`)&&this.setPoints(e.points),(J(t,`colors`)||this.count!==n)&&this.setColors(e.colors),J(t,`thickness`,`thickness_units`)&&this.report(`thickness`,this.lines.takeThickness(e)),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e,t){let n=this.lines.pick(e,t,this.worldMatrix()).hit(e,t);return n&&{...n,occludable:!0}}dispose(){super.dispose(),this.lines.dispose()}count=0;setPoints(e){let t=e instanceof Float32Array&&e.length%6==0,n=t?cs(e)?null:`some points are not finite: their segments are left out`:`its points must be two ends of three numbers for each segment`;this.report(`points`,n),this.count=t?e.length/6:0;let r=t?e:new Float32Array,i=xa(r);this.lines.setPoints(Sa(i,r),i)}setColors(e){if(e instanceof Uint8Array&&e.length===this.count*6&&this.count>0){this.report(`colors`,null),this.lines.setColors(e);return}let t=(e instanceof Uint8Array||Array.isArray(e))&&e.length===3,n=t||this.count===0;this.report(`colors`,n?null:`its colors must be one for all, or two for each segment`),this.lines.setColor(t?fa(e):[.5,.5,.5])}},du=null;function fu(e,t){let n=e instanceof Uint8Array&&t>0?e.length/t:0;if(!(e instanceof Uint8Array)||n!==3&&n!==4)return null;du??=Uint16Array.from({length:256},(e,t)=>{let n=t/255;return Math.round(65535*(n<=.04045?n/12.92:((n+.055)/1.055)**2.4))});let r=new Uint16Array(4*t),i=!1;for(let t=0,a=0;t<r.length;t+=4,a+=n){r[t]=du[e[a]],r[t+1]=du[e[a+1]],r[t+2]=du[e[a+2]];let o=n===4?e[a+3]:255;r[t+3]=o*257,i||=o<255}return{array:r,blend:i}}function pu(e,t,n){let r=new Float32Array(e.length),i=null,a=0;for(let o=0;o<e.length;o+=3){let s=Math.hypot(e[o],e[o+1],e[o+2]);if(s>0&&s<1/0)for(let t=o;t<o+3;t++)r[t]=e[t]/s;else a++,i??=Pc(t,n),r.set(i.subarray(o,o+3),o)}return{normals:r,bad:a}}var mu=5e5,hu=class{drawn;depth=new ja;from=new B(NaN);at=new B;depths=new Float32Array;faces=new Uint32Array;centers=new Float32Array;constructor(e){this.drawn=e}set(e,t){this.faces=t;let n=t.length/3;this.centers=new Float32Array(t.length);for(let n=0;n<t.length;n+=3)for(let r=0;r<3;r++){let[i,a,o]=[t[n],t[n+1],t[n+2]];this.centers[n+r]=(e[3*i+r]+e[3*a+r]+e[3*o+r])/3}this.depths=new Float32Array(n);let r=new U(t.slice(),1);r.setUsage(j),this.drawn.setIndex(r),this.from.setScalar(NaN)}sort(e,t){let{from:n,at:r,depths:i,centers:a}=this;if(r.setFromMatrixPosition(e.matrixWorld).applyMatrix4(t),i.length>mu||n.equals(r))return;n.copy(r);for(let e=0,t=0;e<i.length;e++,t+=3){let[n,o,s]=[a[t]-r.x,a[t+1]-r.y,a[t+2]-r.z];i[e]=Math.sqrt(n*n+o*o+s*s)}let o=this.depth.sort(i,i.length),s=this.drawn.getIndex(),c=s.array,{faces:l}=this;for(let e=0,t=0;e<i.length;e++,t+=3){let n=3*o[e];c[t]=l[n],c[t+1]=l[n+1],c[t+2]=l[n+2]}s.needsUpdate=!0}},gu=(e,t)=>new d(e,t),_u=class{ctx;makeMesh;mesh;shadowOverlay=null;key=``;map=null;constructor(e,t,n,r=gu){this.ctx=e,this.makeMesh=r,this.mesh=r(t,e.surfaces.make(n.surface)),this.mesh.matrixAutoUpdate=!1,this.key=oa(n.surface),this.set(n)}setGeometry(e){this.mesh.geometry=e,this.shadowOverlay&&(this.shadowOverlay.geometry=e)}setMap(e){this.map=e;let{material:t}=this.mesh;t.map===null!=(e===null)&&(t.needsUpdate=!0),t.map=e}setColor(e){this.mesh.material.color.setRGB(...da(e))}set(e){let t=oa(e.surface);if(t!==this.key){let n=this.ctx.surfaces.make(e.surface);n.color.copy(this.mesh.material.color),n.map=this.map,this.mesh.material.dispose(),this.mesh.material=n,this.key=t}this.mesh.castShadow=e.castShadow,this.mesh.receiveShadow=e.receiveShadow,this.setShadowOverlay(e.shadowOpacity)}dispose(){this.mesh.removeFromParent(),this.mesh.material.dispose(),this.shadowOverlay?.material.dispose()}setShadowOverlay(e){if(e===null)this.shadowOverlay?.removeFromParent(),this.shadowOverlay?.material.dispose(),this.shadowOverlay=null;else{if(!this.shadowOverlay){let e=new D({depthWrite:!1,polygonOffset:!0,polygonOffsetFactor:-1,polygonOffsetUnits:-1});this.shadowOverlay=this.makeMesh(this.mesh.geometry,e),this.shadowOverlay.matrixAutoUpdate=!1,this.shadowOverlay.receiveShadow=!0,this.mesh.add(this.shadowOverlay),this.mesh.updateMatrixWorld(!0)}this.shadowOverlay.material.opacity=e,this.shadowOverlay.material.side=this.mesh.material.side}}},vu=new ee,yu=new qe,bu=new P,xu=[`vertices`,`faces`,`flat_shading`,`vertex_colors`,`normals`,`uvs`],Su=class extends Ts{geometry=new L;origin=va;surface=null;color=null;colored=!1;colorsBlend=!1;texture=null;textureBytes=null;textureBlends=!1;loading=null;sorted=null;sort=e=>{this.group.visible&&this.sorted?.sorter.sort(e,this.meshMatrix().invert())};update(e,t){let n=zc(e),r=this.textureBlends;J(t,`texture`,`uvs`,`vertices`)&&this.loadTexture(e),(this.textureBlends!==r||J(t,...xu))&&this.rebuild(e,n.surface.flat);let i={...n.surface,vertexColors:this.colored,blend:this.blend};this.surface||(this.surface=new _u(this.ctx,this.geometry,{...n,surface:i}),this.add(this.surface.mesh)),this.surface.set({...n,surface:i}),this.surface.setGeometry(this.sorted?.geometry??this.geometry),wa(this.surface.mesh,this.origin),this.color=e.color,this.paint(),this.surface.mesh.visible=this.geometry.getIndex()!==null,J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e){let t=this.surface?.mesh;if(!t?.visible)return null;vu.ray.origin.set(...e.origin),vu.ray.direction.set(...e.direction);let n=Ji(this.geometry);if(!n){let e=vu.intersectObject(t,!1);return e[0]?{distance:e[0].distance,instance:null}:null}yu.copy(vu.ray).applyMatrix4(bu.copy(t.matrixWorld).invert());let r=n.raycastFirst(yu,t.material.side);return r?{distance:r.point.applyMatrix4(t.matrixWorld).distanceTo(vu.ray.origin),instance:null}:null}opaque(){let e=this.surface?.mesh.material;return e!==void 0&&!e.transparent&&!e.wireframe}outline(){return this.surface?.mesh.visible?{geometry:this.geometry,matrix:this.meshMatrix(),fromCenter:!this.geometry.hasAttribute(`normal`)}:null}dispose(){super.dispose(),this.loading?.cancel(),this.surface?.dispose(),this.texture?.dispose(),this.freeGeometry()}meshMatrix(){return Ta(this.worldMatrix(),this.origin)}freeGeometry(){Yi(this.geometry),this.geometry.dispose(),this.sorted?.geometry.dispose(),this.sorted=null,this.ctx.perFrame.delete(this.sort)}get blend(){return this.colorsBlend||this.textureBlends}paint(){this.surface?.setMap(this.texture),this.surface?.setColor(this.colored||this.texture?[255,255,255]:this.color)}loadTexture(e){let{texture:t,uvs:n,vertices:r}=e,i=t instanceof Uint8Array&&t.length>0,a=i&&Tu(n,r)?t:null,o=(n??null)!==null&&!Tu(n,r),s=i&&(n??null)===null;if(this.report(`uvs`,o||s?`its uvs must be two numbers for each vertex`:null),a===this.textureBytes)return;this.textureBytes=a,this.loading?.cancel(),this.loading=null;let c=a?.[0]===137;this.textureBlends=c,a?this.loading=this.ctx.images.load(a,c?`png`:`jpeg`,(e,t)=>{this.report(`texture`,t),this.showTexture(e)}):(this.report(`texture`,null),this.showTexture(null))}showTexture(e){this.texture?.dispose(),this.texture=e,e&&(e.wrapS=e.wrapT=C),this.paint(),this.ctx.requestRender()}rebuild(e,t){let n=jc(e.vertices,e.faces);this.report(`geometry`,n.problem);let{faces:r}=n;this.origin=xa(n.vertices);let i=Sa(this.origin,n.vertices),a=fu(e.vertex_colors,i.length/3),o=a===null&&(e.vertex_colors??null)!==null;this.report(`colors`,o?`its colors must be one for each vertex`:null),this.colored=a!==null,this.colorsBlend=a?.blend===!0;let s={position:i,normal:t?null:this.normals(e.normals,i,r),color:a?.array??null,uv:Tu(e.uvs,i)?e.uvs:null};this.reuse(s,r)||(this.freeGeometry(),this.geometry=wu(s),r.length>0&&this.geometry.setIndex(new U(r,1)),this.blend&&r.length>0&&this.beginSorting()),this.sorted?.sorter.set(i,r),this.geometry.boundingSphere=Eu(i),this.geometry.boundingBox=null,this.sorted&&(this.sorted.geometry.boundingSphere=this.geometry.boundingSphere)}normals(e,t,n){if(!(e instanceof Float32Array&&e.length===t.length)){let r=(e??null)!==null;return this.report(`normals`,r?`its normals must be three numbers for each vertex`:null),Pc(t,n)}let{normals:r,bad:i}=pu(e,t,n);return this.report(`normals`,i>0?`${i} of its normals have no direction: those of the triangles are used`:null),r}beginSorting(){let e=new L;for(let[t,n]of Object.entries(this.geometry.attributes))e.setAttribute(t,n);this.sorted={geometry:e,sorter:new hu(e)},this.ctx.perFrame.add(this.sort)}reuse(e,t){let n=this.geometry.getIndex();if(n?.array.length!==t.length||this.blend!==(this.sorted!==null))return!1;let r=e=>this.geometry.getAttribute(e);for(let t of Cu)if(r(t)?.array.length!==e[t]?.length)return!1;Yi(this.geometry),n.array=t,n.needsUpdate=!0;for(let t of Cu){let n=r(t),i=e[t];n&&i&&n.array!==i&&(n.array=i,n.needsUpdate=!0)}return!0}},Cu=[`position`,`normal`,`color`,`uv`];function wu(e){let t=new L,n={position:3,normal:3,color:4,uv:2};for(let r of Cu){let i=e[r];i&&t.setAttribute(r,new U(i,n[r],r===`color`))}return t}function Tu(e,t){let n=t instanceof Float32Array?t.length/3:-1;return e instanceof Float32Array&&e.length===2*n}function Eu(e){let t=[1/0,1/0,1/0],n=[-1/0,-1/0,-1/0];for(let r=0;r<e.length;r++){let i=e[r],a=r%3;i<t[a]&&(t[a]=i),i>n[a]&&(n[a]=i)}if(!(t[0]<=n[0]))return new De(new B,0);let r=new B((t[0]+n[0])/2,(t[1]+n[1])/2,(t[2]+n[2])/2);return new De(r,Math.hypot(n[0]-t[0],n[1]-t[1],n[2]-t[2])/2)}var Du=1e5,Ou=class{points=new Float32Array;grid=null;worker=null;asked=0;set(e){this.points=e,this.grid=null,this.asked=0,this.stop()}pick(e,t,n,r){let i=new ku(this.points,e,t,n,r);return this.grid?i.cells(this.grid):i.all(),++this.asked===2&&this.points.length>=3*Du&&this.build(),i.best}dispose(){this.set(new Float32Array)}build(){let e=new Worker(new URL(new URL(`pointGrid.worker-wDoQoIRz.js`,import.meta.url).href,``+import.meta.url),{type:`module`});e.onmessage=({data:t})=>{this.worker===e&&(this.grid=t,this.stop())},e.onerror=()=>this.stop(),this.worker=e,e.postMessage({points:this.points})}stop(){this.worker?.terminate(),this.worker=null}},ku=class{points;rows;eye;sprite;best;table;pointer;slack;constructor(e,t,n,r,i){this.points=e,this.rows=t,this.eye=r,this.sprite=i,this.slack=4*r.pixel,this.best=new fs(this.slack),this.table=e instanceof Uint16Array?ds():null,this.pointer=ms(n,r)}all(){let{points:e,table:t,eye:n,slack:r}=this,[i,a,o,s,c,l,u,d,f,p,m,h]=this.rows,[g,_]=this.pointer,{radius:v}=this.sprite,y=.5*n.pixel;for(let b=0,x=0;x<e.length;b++,x+=3){let S=e[x],C=e[x+1],w=e[x+2];t&&(S=t[S],C=t[C],w=t[w]);let T=f*S+p*C+m*w+h;if(!(T>n.near))continue;let E=Math.max(v/T,y),D=(E+r)*T,O=i*S+a*C+o*w+s-g*T;if(!(O<D&&O>-D))continue;let k=c*S+l*C+u*w+d-_*T;k<D&&k>-D&&this.offer(b,T,Math.abs(O)/T,Math.abs(k)/T,E)}}cells(e){let{starts:t,bounds:n,order:r}=e,[i,a,o,s,c,l,u,d,f,p,m,h]=this.rows,{best:g,eye:_}=this,[v,y]=this.pointer,b=Math.hypot(i,a,o,c,l,u,f,p,m),x=this.slack+_.pixel;for(let e=0,S=0;e+1<t.length;e++,S+=4){let C=t[e],w=t[e+1];if(C===w)continue;let T=n[S],E=n[S+1],D=n[S+2],O=n[S+3]*b,k=f*T+p*E+m*D+h;if(k+O<=_.near||g.off===0&&k-O>g.depth)continue;let A=this.sprite.radius+x*(k+O)+O,j=Math.abs(i*T+a*E+o*D+s-v*k),ee=Math.abs(c*T+l*E+u*D+d-y*k);if(!(j>A+O*Math.abs(v)||ee>A+O*Math.abs(y)))for(let e=C;e<w;e++)this.one(r[e])}}one(e){let{points:t,table:n,eye:r}=this,[i,a,o,s,c,l,u,d,f,p,m,h]=this.rows,[g,_]=this.pointer,v=r=>n?n[t[3*e+r]]:t[3*e+r],y=v(0),b=v(1),x=v(2),S=f*y+p*b+m*x+h;if(!(S>r.near))return;let C=Math.max(this.sprite.radius/S,.5*r.pixel),w=Math.abs((i*y+a*b+o*x+s)/S-g),T=Math.abs((c*y+l*b+u*x+d)/S-_);w<C+this.slack&&T<C+this.slack&&this.offer(e,S,w,T,C)}offer(e,t,n,r,i){this.best.offer(e,t,(Au(this.sprite.shape,n/i,r/i)-1)*i)}};function Au(e,t,n){switch(e){case 1:return t+n;case 2:return Math.hypot(t,n);case 3:return(t**4+n**4)**.25;case 4:return(Math.sqrt(t)+Math.sqrt(n))**2;default:return Math.max(t,n)}}var ju=64,Mu=class{attribute;all=!0;constructor(e){this.attribute=e,e.setUsage(j),e.onUpload(()=>{this.all=!1,e.clearUpdateRanges()})}part(e,t){let{attribute:n}=this;n.needsUpdate=!0,this.all||t===0||(n.addUpdateRange(e,t),n.updateRanges.length>ju&&this.whole())}whole(){this.all=!0,this.attribute.clearUpdateRanges(),this.attribute.needsUpdate=!0}};function Nu(e,t,n,r){let i=e instanceof Uint16Array?Fu(e,t,n,r):Iu(e,t,n,r);for(let n=i*4,a=i*3,o=r*3;a<o;n+=4,a+=3)t[n]=e[a],t[n+1]=e[a+1],t[n+2]=e[a+2]}function Pu(e,t,n,r){let i=t*e.BYTES_PER_ELEMENT,a=e.byteOffset+n*i;return a%4==0?new Uint32Array(e.buffer,a,r*i/4):null}function Fu(e,t,n,r){let i=Math.max(0,r-n)&-2,a=Pu(e,3,n,i),o=Pu(t,4,n,i);if(!a||!o)return n;for(let e=0,t=0;t<a.length;e+=4,t+=3){let n=a[t],r=a[t+1],i=a[t+2];o[e]=n,o[e+1]=r&65535,o[e+2]=r>>>16|i<<16,o[e+3]=i>>>16}return n+i}function Iu(e,t,n,r){let i=Math.max(0,r-n)&-4,a=Pu(e,3,n,i),o=Pu(t,4,n,i);if(!a||!o)return n;for(let e=0,t=0;t<a.length;e+=4,t+=3){let n=a[t],r=a[t+1],i=a[t+2];o[e]=4278190080|n&16777215,o[e+1]=4278190080|n>>>24|(r&65535)<<8,o[e+2]=4278190080|r>>>16|(i&255)<<16,o[e+3]=4278190080|i>>>8}return n+i}var Lu=1.5,Ru=class{geometry=new L;count=0;origin=va;relative=null;capacity=0;half=!1;positions=null;colors=null;setPositions(e,t){this.count=e.length/3;let n=e instanceof Uint16Array,r=this.origin,i=this.relativeOf(e,t),a=!this.positions||n!==this.half||!this.fits(i,t!==null);a&&this.allocate(i,t!==null);let{attribute:o}=this.positions,s=a||this.origin!==r;return n?(zu(e,o.array,s?null:t),Bu(this.positions,4,e.length,s?null:t)):(o.array=i,Bu(this.positions,3,e.length,s?null:t)),this.geometry.setDrawRange(0,this.count),a}setColors(e,t){let n=this.colors===null;if(n){let e=new U(new Uint8Array(this.capacity*4).fill(255),4,!0);this.colors=new Mu(e),this.geometry.setAttribute(`pointColor`,e)}let{attribute:r}=this.colors;zu(e,r.array,n?null:t),Bu(this.colors,4,e.length,n?null:t)}dispose(){this.geometry.dispose()}relativeOf(e,t){let n=e instanceof Uint16Array,r=n?e:this.backingArray(e),i=this.origin;if(this.origin=n?va:xa(e,t&&i),n||this.origin===va)return this.relative=null,r;let a=this.origin===i&&this.relative?.length===r.length;this.relative?.length!==r.length&&(this.relative=new Float32Array(r.length));for(let[n,r]of Vu(e.length,a?t:null))Ca(this.origin,e,this.relative,n,r);return this.relative}fits(e,t){return e instanceof Float32Array?e.length===this.capacity*3:t?this.count<=this.capacity:this.count===this.capacity}backingArray(e){let t=jt(e);return t.length%3==0?t:t.subarray(0,t.length-t.length%3)}allocate(e,t){this.geometry.dispose(),this.geometry=new L,this.geometry.boundingSphere=new De,this.half=e instanceof Uint16Array;let n;e instanceof Float32Array?(this.capacity=e.length/3,n=new U(e,3)):(this.capacity=t?Math.ceil(this.count*Lu):this.count,n=new U(new Uint16Array(this.capacity*4),4),n.isFloat16BufferAttribute=!0),this.positions=new Mu(n),this.geometry.setAttribute(`position`,n),this.colors=null}};function zu(e,t,n){for(let[r,i]of Vu(e.length,n))Nu(e,t,r,i)}function Bu(e,t,n,r){if(r===null)e.whole();else for(let[i,a]of Vu(n,r))e.part(i*t,(a-i)*t)}function*Vu(e,t){if(t===null)yield[0,e/3];else for(let n=0;n<t.length;n+=2){let r=Math.floor(t[n]/3),i=Math.min(Math.ceil((t[n]+t[n+1])/3),e/3);r<i&&(yield[r,i])}}var Hu=[`square`,`diamond`,`circle`,`rounded`,`sparkle`],Uu=`${Gc}
uniform vec2 viewport;
uniform float diameter;
uniform vec3 uniformColor;
#ifdef POINT_COLORS
in vec4 pointColor;
#endif
out vec3 vColor;
void main() {
  vColor = uniformColor;
  #ifdef POINT_COLORS
  vColor = pointColor.rgb;
  #endif
  vec4 view = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * view;
  setFogDepth(view);
  gl_PointSize = max(1.0, diameter * projectionMatrix[1][1] * viewport.y * 0.5 / gl_Position.w);
  // Points that are not finite are left out.
  if (any(isnan(view)) || any(isinf(view))) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
  }
}
`,Wu=`${Kc}
in vec3 vColor;
out vec4 fragColor;
void main() {
  vec2 p = abs(gl_PointCoord * 2.0 - 1.0);
  float pixel = fwidth(gl_PointCoord.x) * 2.0;
  // Distance from the center, 1 at the shape's edge.
  #if SHAPE == 0
  float d = 0.0;
  #elif SHAPE == 1
  float d = p.x + p.y;
  #elif SHAPE == 2
  float d = length(p);
  #elif SHAPE == 3
  vec2 q = p * p;
  float d = sqrt(sqrt(dot(q, q)));
  #else
  float s = sqrt(p.x) + sqrt(p.y);
  float d = s * s;
  #endif
  float alpha = 1.0;
  #if SHAPE != 0
  alpha = clamp((1.0 - d) / pixel + 0.5, 0.0, 1.0);
  if (alpha <= 0.0) discard;
  #endif
  vec3 color = vColor;
  #ifdef GRADIENT
  // Lighter at the center, the point's color half way out, darker at the edge.
  float r = min(length(gl_PointCoord * 2.0 - 1.0), 1.0);
  color = r < 0.5
    ? mix(color, vec3(1.0), (0.5 - r) * 0.35)
    : color * (1.0 - (r - 0.5) * 0.5);
  #endif
  fragColor = vec4(inFog(color), alpha);
}
`,Gu=class extends Ts{material;points;buffers=new Ru;picker=new Ou;finite=!0;constructor(e,t){super(e,t),this.material=new y({glslVersion:xe,vertexShader:Uu,fragmentShader:Wu,defines:{SHAPE:0},fog:!0,uniforms:{...Wc(),viewport:e.frame.viewport,diameter:{value:1},uniformColor:{value:[0,0,0]}}}),this.points=new Se(this.buffers.geometry,this.material),this.points.frustumCulled=!1,this.add(this.points)}update(e,t,n){let{count:r}=this.buffers;if(J(t,`points`)&&this.setPoints(e.points,n?.get(`points`)??null)?this.setColors(e.colors,null):J(t,`colors`)?this.setColors(e.colors,n?.get(`colors`)??null):r!==this.buffers.count&&this.setColors(e.colors,null),J(t,`point_size`,`scale`)){let t=Number(e.point_size),n=Oa(e.scale??1)??[1,1,1],r=Number.isFinite(t)&&t>=0;this.report(`size`,r?null:`its point size must be a finite number, 0 or more`);let i=Math.cbrt(Math.abs(n[0]*n[1]*n[2]));this.material.uniforms.diameter.value=r?2*t*i:0}if(J(t,`point_shape`,`point_shading`)){let t=Math.max(0,Hu.indexOf(e.point_shape));this.define(`SHAPE`,t),this.material.alphaToCoverage=t!==0,this.define(`GRADIENT`,e.point_shading===`gradient`?``:void 0)}J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e,t){if(this.buffers.count===0)return null;let n={radius:this.material.uniforms.diameter.value/2,shape:this.material.defines.SHAPE},r=_s(e,t,this.worldMatrix()),i=this.picker.pick(r,e,t,n).hit(e,t);return i&&{...i,occludable:!0}}dispose(){super.dispose(),this.picker.dispose(),this.buffers.dispose(),this.material.dispose()}setPoints(e,t){let n=(e instanceof Uint16Array||e instanceof Float32Array)&&e.length%3==0,r=n?e:new Float32Array;this.finite=this.finite&&t?t.every(qu(r)):Ku(r);let i=this.finite?null:`some points are not finite: left out`;this.report(`points`,n?i:`its points must be three numbers each`);let a=this.buffers.setPositions(r,n?t:null);return this.points.geometry=this.buffers.geometry,this.points.visible=this.buffers.count>0,wa(this.points,this.buffers.origin),this.picker.set(r),a}setColors(e,t){let{count:n}=this.buffers;if(e instanceof Uint8Array&&e.length===n*3&&n>1){this.report(`colors`,null);let n=this.material.defines.POINT_COLORS!==void 0;this.buffers.setColors(e,n?t:null),this.define(`POINT_COLORS`,``);return}let r=(e instanceof Uint8Array||Array.isArray(e))&&e.length===3,i=r||n===0;this.report(`colors`,i?null:`its colors must be one for all, or one for each point`),this.material.uniforms.uniformColor.value=r?fa(e):[.5,.5,.5],this.define(`POINT_COLORS`,void 0)}define(e,t){let{defines:n}=this.material;n[e]!==t&&(t===void 0?delete n[e]:n[e]=t,this.material.needsUpdate=!0)}};function Ku(e){return e instanceof Uint16Array?ls(e):cs(e)}function qu(e){return(t,n,r)=>n%2==1||Ku(e.subarray(t,t+r[n+1]))}var Ju=class{ctx;report;instance=new ma;pose=new q;shape=null;look=null;size=[1,1,1];color=[0,0,0];shown=!1;instancedGroup=null;single=null;constructor(e,t){this.ctx=e,this.report=t}update(e){let t=this.shapeOf(e),n=Oa(e.scale),r=t?.size.every(Number.isFinite)===!0&&n!==null;this.report(`size`,r?null:`its size must be finite numbers`),this.look=zc(e),da(e.color,this.color),this.shape=r?t:null,r&&(this.size=t.size.map((e,t)=>e*n[t])),this.place()}setPose(e){this.pose.copy(e),this.writePose()}setShown(e){this.shown=e,this.place()}raycast(e){if(!this.shape)return null;let t=this.hit(Is(e,this.pose,this.size));return t===null?null:{distance:t,instance:null}}opaque(){return this.look!==null&&Rc(this.look.surface)}outline(){let e=this.instance.batch?.geometry??this.single?.mesh.mesh.geometry;if(!e)return null;let t=new P;return this.pose.toMatrix(t.elements,0,...this.size),{geometry:e,matrix:t,fromCenter:this.seams}}regroup(){this.place()}dispose(){this.withdraw(),this.ctx.requestRender()}place(){this.ctx.requestRender();let{shape:e,look:t}=this;if(!this.shown||!e||!t){this.withdraw();return}let n=this.sharedLook(e,t);n?(this.dropSingle(),this.ctx.instances.join(this.instance,n).setLook(this.instance,this.color,t.surface.opacity)):(this.ctx.instances.leave(this.instance),this.placeSingle(e,t)),this.writePose()}withdraw(){this.joinGroup(null),this.ctx.instances.leave(this.instance),this.dropSingle()}sharedLook(e,t){let n=this.size[0]*this.size[1]*this.size[2]<0||t.shadowOpacity!==null?null:Yu(e,t);return n?.surface.each?this.joinGroup(pa(n))?n:null:(this.joinGroup(null),n)}joinGroup(e){let{groups:t}=this.ctx.instances,n=this.instancedGroup;return this.instancedGroup=e,n!==null&&n!==e&&t.leave(n,this),e!==null&&t.enter(e,this)}placeSingle(e,t){if(this.single?.shapeKey!==e.key){this.dropSingle();let n=this.ctx.shapes.acquire(e.key,e.make),r=new b,i=new _u(this.ctx,n,t);r.matrixAutoUpdate=!1,r.add(i.mesh),this.ctx.stage.add(r),this.single={shapeKey:e.key,group:r,mesh:i}}this.single.mesh.set(t),this.single.mesh.mesh.material.color.setRGB(...this.color)}dropSingle(){this.single&&=(this.single.group.removeFromParent(),this.single.mesh.dispose(),this.ctx.shapes.release(this.single.shapeKey),null)}writePose(){let[e,t,n]=this.size,{batch:r}=this.instance;r?(r.setPose(this.instance,this.pose,e,t,n),this.ctx.requestRender()):this.single&&(this.pose.toMatrix(this.single.group.matrix.elements,0,e,t,n),this.single.group.updateMatrixWorld(!0),this.ctx.requestRender())}};function Yu(e,{surface:t,castShadow:n,receiveShadow:r}){let i=t.opacity<1?{...t,opacity:1,each:!0}:t;return{shapeKey:e.key,makeShape:e.make,surface:i,castShadow:n,receiveShadow:r}}var Xu=class extends Ju{hit=Ls;seams=!0;shapeOf(e){let t=Oa(e.dimensions);return t&&{key:`box`,make:bs,size:t}}},Zu=class extends Ju{hit=Rs;seams=!1;shapeOf(e){let t=Oa(e.radius),n=$u(e.subdivisions,0,63);return t&&{key:`icosphere ${n}`,make:()=>xs(n),size:t}}},Qu=class extends Ju{hit=zs;seams=!0;shapeOf(e){let{radius:t,height:n}=e;if(typeof t!=`number`||typeof n!=`number`)return null;let r=$u(e.radial_segments,3,1024);return{key:`cylinder ${r}`,make:()=>Ss(r),size:[t,t,n]}}};function $u(e,t,n){let r=Math.round(Number(e));return Number.isFinite(r)?Math.min(n,Math.max(t,r)):t}var ed=`#bones`,td=[],nd=class{place;owner;kind;virtual;pending=!1;next=null;props;id=-1;pose=new q;dragPose=null;poseReceived=!1;creations=0;visible=!0;clicks=td;drags=td;edits=null;created=!0;receivedPosition=!0;receivedWxyz=!0;receivedVisible=!0;receivedClicks=!0;receivedDrags=!0;constructor(e,t,n){this.place=e,this.owner=t,this.kind=n.type,this.virtual=n.virtual===!0,this.props=n.props}startReplay(){this.created=!1,this.receivedPosition=this.receivedWxyz=this.receivedVisible=!1,this.receivedClicks=this.receivedDrags=!1}inherit(e){this.pose.copy(e.pose),this.visible=e.visible,this.clicks=e.clicks,this.drags=e.drags,this.receivedPosition=e.receivedPosition,this.receivedWxyz=e.receivedWxyz,this.receivedVisible=e.receivedVisible,this.receivedClicks=e.receivedClicks,this.receivedDrags=e.receivedDrags}get empty(){return this.virtual||this.pending}rank(){return(this.virtual?0:this.pending?2:4)+(this.owner===``?0:1)}},rd=class{name;path;parent;children=new Map;variants=[];effective=null;local=new q;world=new q;dirty=!1;override=null;shown;visual=null;errors=null;constructor(e,t,n){this.name=e,this.path=t,this.parent=n,this.shown=n?.shown??!0}get serverVisible(){return this.effective?.visible??!0}get errorText(){return this.errors&&this.errors.size>0?[...this.errors.values()].join(`; `):void 0}},id=new ee,ad=new P,od=class extends Ts{geometry=new L;origin=va;surface=null;skeleton=null;poses=[];update(e,t){let n=zc(e),r=J(t,`vertices`)&&this.setOrigin(e.vertices)||J(t,`bone_wxyzs`,`bone_positions`);r&&this.makeBones(e),(r||J(t,`vertices`,`faces`,`flat_shading`,`skin_indices`,`skin_weights`))&&this.rebuild(e,n.surface.flat),this.surface||(this.surface=new _u(this.ctx,this.geometry,n,(e,t)=>{let n=new ke(e,t);return n.frustumCulled=!1,n}),this.add(this.surface.mesh)),this.surface.set(n),this.surface.setGeometry(this.geometry),wa(this.surface.mesh,this.origin),this.surface.setColor(e.color),this.surface.mesh.visible=this.skeleton!==null&&(this.geometry.getIndex()?.count??0)>0,J(t,`scale`)&&this.setScale(e.scale),this.attach(),(J(t,`#bones`)||r)&&this.moveBones(e[ed]),this.ctx.requestRender()}raycast(e){let t=this.surface?.mesh;if(!(t instanceof ke)||!t.visible)return null;id.ray.origin.set(...e.origin),id.ray.direction.set(...e.direction),t.computeBoundingSphere();let n=id.intersectObject(t,!1);return n[0]?{distance:n[0].distance,instance:null}:null}opaque(){let e=this.surface?.mesh.material;return e!==void 0&&!e.transparent&&!e.wireframe}outline(){let e=this.surface?.mesh;if(!(e instanceof ke)||!e.visible||!this.skeleton)return null;let t=!this.geometry.hasAttribute(`normal`);return{geometry:this.geometry,matrix:e.matrixWorld,skin:e,fromCenter:t}}dispose(){super.dispose(),this.surface?.dispose(),this.geometry.dispose(),this.skeleton?.dispose()}setOrigin(e){let t=this.origin;return this.origin=e instanceof Float32Array?xa(e,t):va,this.origin!==t}placeBone(e,t){let n=e.matrix.elements;t.toMatrix(n,0,1,1,1);for(let e=0;e<3;e++)n[12+e]-=this.origin[e]}makeBones(e){this.skeleton?.bones[0]?.removeFromParent(),this.skeleton?.dispose(),this.skeleton=null;let{bone_wxyzs:t,bone_positions:n}=e,r=t instanceof Float32Array&&n instanceof Float32Array,i=r?n.length/3:0;if(!r||!Number.isInteger(i)||i===0||t.length!==4*i){this.report(`bones`,`it has no bones, or the numbers of their orientations and positions differ`);return}let a=0;this.poses=[];let o=Array.from({length:i},(e,r)=>{let i=new q,[o,s,c,l]=t.subarray(4*r,4*r+4),[u,d,f]=n.subarray(3*r,3*r+3);i.setWxyz(o,s,c,l)&&i.setPosition(u,d,f)||a++,this.poses.push(i);let p=new dt;return p.matrixAutoUpdate=!1,this.placeBone(p,i),p.updateMatrixWorld(!0),p});this.report(`bones`,a>0?`${a} of its ${i} bones have no finite pose`:null),this.skeleton=new E(o)}rebuild(e,t){let{vertices:n}=e,{geometry:r,problem:i}=Fc(n instanceof Float32Array?Sa(this.origin,n):n,e.faces,t);this.report(`geometry`,i);let a=r.getAttribute(`position`).count,{skin_indices:o,skin_weights:s}=e,c=this.skeleton?.bones.length??0,l=o instanceof Uint16Array&&s instanceof Float32Array&&o.length===4*a&&s.length===4*a,u=l&&o.every(e=>e<c)&&s.every(e=>e-e===0),d=l?`some vertices refer to bones that do not exist, or have weights that are not finite: left out`:`there must be four bones and weights for each vertex`;this.report(`skin`,u||c===0?null:d);let f=new Uint16Array(4*a),p=new Float32Array(4*a);if(l)for(let e=0;e<f.length;e++)o[e]>=c||!Number.isFinite(s[e])||(f[e]=o[e],p[e]=s[e]);r.setAttribute(`skinIndex`,new U(f,4)),r.setAttribute(`skinWeight`,new U(p,4)),this.geometry.dispose(),this.geometry=r}attach(){let{skeleton:e,surface:t}=this;if(e&&t){for(let n of e.bones)n.parent!==t.mesh&&t.mesh.add(n);t.mesh.traverse(t=>{t instanceof ke&&t.skeleton!==e&&t.bind(e,ad)}),t.mesh.updateMatrixWorld(!0)}}moveBones(e){let{skeleton:t}=this;if(!t)return;let n=0;for(let[r,{wxyz:i,position:a}]of e??[]){let e=this.poses[r],o=t.bones[r];(e===void 0||i&&!e.setWxyz(i[0],i[1],i[2],i[3])||a&&!e.setPosition(a[0],a[1],a[2]))&&n++,e&&o&&this.placeBone(o,e)}this.report(`bone`,n>0?`an unknown bone was moved, or a bone pose is not finite`:null),this.surface?.mesh.updateMatrixWorld(!0)}},sd=new Uint32Array,cd=1.5,ld=class extends Ts{member;origin=va;relative=sd;constructor(e,t){super(e,t),this.member={splats:sd,harmonics:sd,degree:0,matrix:new P,shown:!1,report:t,changed:na()},this.member.changed.all=!0,e.splats.add(this.member)}update(e,t,n=new Map){J(t,`buffer`)&&this.setSplats(e.buffer,n.get(`buffer`)),J(t,`harmonics`,`buffer`)&&this.setHarmonics(e.harmonics,t?.has(`harmonics`)?n.get(`harmonics`):null),J(t,`scale`)&&(this.setScale(e.scale),this.placed()),this.ctx.requestRender()}setPose(e){super.setPose(e),this.placed()}setShown(e){super.setShown(e),this.member.shown=e,this.member.changed.place=!0}raycast(e){return this.ctx.splats.raycast(this.member,e)}outline(e){return e===null?null:this.ctx.splats.outline(this.member,e)}dispose(){super.dispose(),this.ctx.splats.remove(this.member)}setSplats(e,t){let{member:n}=this,r=e instanceof Uint32Array&&e.length%8==0;this.report(`splats`,r?null:`its splats must be eight whole numbers each`);let i=this.origin;n.splats=this.relativeTo(r?e:sd,r?t??null:null);let a=this.origin!==i;r&&t&&!a?n.changed.parts=[...n.changed.parts??[],...t]:n.changed.all=!0,a&&this.placed()}setHarmonics(e,t){let{member:n}=this,r=e??sd,i=n.splats.length/8,a=r instanceof Uint32Array?ea(r.length,i):null;this.report(`harmonics`,a===null&&i>0?`its spherical harmonics must be two, four or six whole numbers each`:null);let o=a?r:sd,{changed:s}=n;t&&a===n.degree?s.harmonics.parts=[...s.harmonics.parts??[],...t]:(t!==null||o!==n.harmonics)&&(s.harmonics.all=!0),n.harmonics=o,n.degree=a??0}relativeTo(e,t){let n=ud(e),r=this.origin;if(this.origin=xa(n,t&&r,8),this.origin===va)return this.relative=sd,e;let{length:i}=e,a=this.origin===r&&this.relative.length>=i;if(!a){let e=t?Math.ceil(i/8*cd)*8:i;this.relative=new Uint32Array(e)}let o=ud(this.relative),s=i/8;for(let[r,i]of a&&t?ta(t,s):[[0,s]]){let[t,a]=[r*8,i*8];this.relative.set(e.subarray(t,a),t),Ca(this.origin,n,o,r,i,8)}return this.relative.subarray(0,i)}placed(){Ta(this.worldMatrix(this.member.matrix),this.origin),this.member.changed.place=!0}};function ud(e){return new Float32Array(e.buffer,e.byteOffset,e.length)}var dd=5e5,fd=20,pd=4e3;function md(e,t,n,r,i){let a=gd(e);if(a.length<2)return new Float32Array;let o=a.length-+!r,s=i??Math.max(o,Math.min(o*fd,pd)),c=new it(a,r,t,n),l=Math.max(1,Math.min(s,dd)),u=new Float32Array(l*6);return _d(c,l,u,0),u}function hd(e,t,n){let r=gd(e),i=gd(t),a=Math.min(r.length-1,Math.floor(i.length/2),dd);if(a<1)return new Float32Array;let o=n??Math.min(fd,Math.floor(pd/a)),s=Math.max(1,Math.min(o,Math.floor(dd/a))),c=new Float32Array(a*s*6);for(let e=0;e<a;e++){let[t,n]=[r[e],r[e+1]];_d(new bt(t,i[2*e],i[2*e+1],n),s,c,e*s*6)}return c}function gd(e){let t=[];for(let n=0;n+2<e.length;n+=3)t.push(new B(e[n],e[n+1],e[n+2]));return t}function _d(e,t,n,r){let i=new B;e.getPoint(0,i);let a=r;for(let r=1;r<=t;r++)i.toArray(n,a),e.getPoint(r/t,i),i.toArray(n,a+3),a+=6}var vd=[`centripetal`,`chordal`,`catmullrom`],yd=new Float32Array,bd=class extends Ts{lines;constructor(e,t){super(e,t),this.lines=new Qc(e.frame),this.add(this.lines.mesh)}problem(e){return xd(e.points,`points`)}update(e,t){J(t,...this.shape)&&this.build(e),J(t,`color`)&&this.lines.setColor(fa(e.color)),J(t,`thickness`,`thickness_units`)&&this.report(`thickness`,this.lines.takeThickness(e)),J(t,`scale`)&&this.setScale(e.scale),this.ctx.requestRender()}raycast(e,t){let n=this.lines.pick(e,t,this.worldMatrix()),r=Math.floor((n.index+.5)/this.segmentCount*this.spans),i=n.hit(e,t,r);return i&&{...i,occludable:!0}}dispose(){super.dispose(),this.lines.dispose()}segmentCount=1;spans=1;build(e){let t=e.segments??null,n=t===null||typeof t==`number`&&t>=1;this.report(`segments`,n?null:`its number of segments must be above 0`);let r=this.problem(e);this.report(`points`,r);let i=n&&t!==null?Math.floor(t):null,a=r?va:xa(e.points),o=r?yd:this.pieces(e,a,i);this.lines.setPoints(o,a),this.segmentCount=Math.max(1,o.length/6);let s=r?1:e.points.length/3;this.spans=Math.max(1,e.closed===!0?s:s-1)}};function xd(e,t){return!(e instanceof Float32Array)||e.length%3!=0?`its ${t} must be three numbers each`:cs(e)?null:`some ${t} are not finite: the curve is left out`}var Sd=class extends bd{shape=[`points`,`curve_type`,`tension`,`closed`,`segments`];problem(e){return vd.includes(e.curve_type)?Number.isFinite(e.tension)?super.problem(e):`its tension is not a number`:`its curve_type is not one of the three`}pieces(e,t,n){let r=Sa(t,e.points),i=e.curve_type;return md(r,i,Number(e.tension),e.closed===!0,n)}},Cd=class extends bd{shape=[`points`,`control_points`,`segments`];problem(e){let t=super.problem(e)??xd(e.control_points,`control_points`);if(t)return t;let n=e.points.length/3;return e.control_points.length/3===Math.max(0,2*n-2)?null:`there must be two control points between each pair of points`}pieces(e,t,n){return hd(Sa(t,e.points),Sa(t,e.control_points),n)}},wd={shaft:.8,head:.2,radius:.055},Td={from:.15,to:.38},Ed=.65,Dd=24,Od=[0,1,2];function kd(e){return[(e+1)%3,(e+2)%3]}function Ad(e){let t=Array.isArray(e.active_axes)?e.active_axes:[!0,!0,!0],n=e=>t[e]!==!1,r=Od.filter(e=>kd(e).every(n)),i=[];return e.disable_rotations!==!0&&i.push(...r.map(e=>({kind:`ring`,axis:e}))),e.disable_sliders!==!0&&i.push(...r.map(e=>({kind:`slider`,axis:e}))),e.disable_axes!==!0&&i.push(...Od.filter(n).map(e=>({kind:`arrow`,axis:e}))),i}function jd({kind:e,axis:t}){let[n,r]=kd(t),i=(e,t)=>{let i=[0,0,0];return i[n]=e,i[r]=t,i};if(e===`arrow`){let e=[0,0,0];return e[t]=wd.shaft+wd.head,[[0,0,0],e]}if(e===`slider`){let{from:e,to:t}=Td;return[i(e,e),i(t,e),i(t,t),i(e,t)]}return Array.from({length:25},(e,t)=>{let n=t/Dd*(Math.PI/2);return i(Ed*Math.cos(n),Ed*Math.sin(n))})}function Md(e,t,n){let r=null;for(let[i,a]of e.entries()){let e=jd(a).map(t),o=a.kind===`slider`?Pd(e):Nd(e);!o||o.off>n||(!r||o.off<r.off-1||o.off<r.off+1&&o.depth<r.depth)&&(r={part:i,...o})}return r}function Nd(e){let t=null;for(let n=0;n+1<e.length;n++){let r=e[n],i=e[n+1];if(!r||!i)continue;let[a,o]=[i[0]-r[0],i[1]-r[1]],s=a*a+o*o,c=s>0?Rd(-(r[0]*a+r[1]*o)/s,0,1):0,l=Math.hypot(r[0]+c*a,r[1]+c*o);(!t||l<t.off)&&(t={off:l,depth:r[2]+c*(i[2]-r[2])})}return t}function Pd(e){let[t,n,r,i]=e;if(!t||!n||!r||!i)return null;let a=[[t,n],[n,r],[r,i],[i,t]].map(([e,t])=>Math.sign(e[0]*t[1]-e[1]*t[0])),o=a.every(e=>e>=0)||a.every(e=>e<=0),s=(t[2]+n[2]+r[2]+i[2])/4;return o?{off:0,depth:s}:Nd([t,n,r,i,t])}function Fd(e){let t=Array.isArray(e)?e:[];return Od.map(e=>{let[n,r]=Array.isArray(t[e])?t[e]:[];return n<=r?[n,r]:[-1/0,1/0]})}var Id=class{handle;start;travel;limits;startMeasure;lastAngle=0;angle=0;add={moved:[0,0,0],turned:[0,0,0]};constructor(e,t,n,r,i){this.handle=e,this.start=t,this.travel=n,this.limits=r,this.startMeasure=this.measure(i),this.lastAngle=this.startMeasure?.[0]??0}to(e){let t=this.measure(e);if(!this.startMeasure||!t)return null;let{axis:n,kind:r}=this.handle;if(r===`ring`)return this.turn(t[0]);let i=r===`arrow`?[n]:kd(n);this.add={moved:[0,0,0],turned:[0,0,0]};let a=new q().copy(this.start);for(let[e,n]of i.entries()){let r=Ld(this.limits.move[n],this.travel.moved[n],t[e]-this.startMeasure[e]);this.add.moved[n]=r;let i=this.direction(n);a.px+=i[0]*r,a.py+=i[1]*r,a.pz+=i[2]*r}return a}done(){let e=(e,t)=>[e[0]+t[0],e[1]+t[1],e[2]+t[2]];return{moved:e(this.travel.moved,this.add.moved),turned:e(this.travel.turned,this.add.turned)}}turn(e){this.angle+=Math.atan2(Math.sin(e-this.lastAngle),Math.cos(e-this.lastAngle)),this.lastAngle=e;let{axis:t}=this.handle,n=Ld(this.limits.turn[t],this.travel.turned[t],this.angle);this.add.turned=[0,0,0],this.add.turned[t]=n;let r=[0,0,0];r[t]=Math.sin(n/2);let i=new q;return i.setWxyz(Math.cos(n/2),...r),new q().compose(this.start,i)}direction(e){let t=[0,0,0];return t[e]=1,this.start.rotate(t)}measure(e){let{kind:t,axis:n}=this.handle,r=this.direction(n),i=Bd([this.start.px,this.start.py,this.start.pz],e.origin),a=zd(r,e.direction);if(t===`arrow`){let t=1-a*a;return t<1e-4?null:[(a*zd(e.direction,i)-zd(r,i))/t]}let o=zd(r,i)/a;if(!(o>0)||!Number.isFinite(o))return null;let[s,c,l]=e.direction,u=[o*s-i[0],o*c-i[1],o*l-i[2]],[d,f]=kd(n).map(e=>zd(u,this.direction(e)));return t===`slider`?[d,f]:[Math.atan2(f,d)]}};function Ld([e,t],n,r){return Rd(n+r,e,t)-n}function Rd(e,t,n){return Math.min(n,Math.max(t,e))}function zd(e,t){return e[0]*t[0]+e[1]*t[1]+e[2]*t[2]}function Bd(e,t){return[e[0]-t[0],e[1]-t[1],e[2]-t[2]]}var Vd=[[.93,.21,.31],[.18,.71,.36],[.2,.49,.93]],Hd=[1,.83,.23],Ud=1e3,Wd=class extends Ts{gizmoHandles=this;handles=[];parts=[];lit=null;length=1;fixed=!1;limits={move:Fd(null),turn:Fd(null)};travel={moved:[0,0,0],turned:[0,0,0]};drawn=1;frame=e=>this.prepare(e);constructor(e,t){super(e,t),e.perFrame.add(this.frame)}update(e,t){let{scale:n}=e,r=typeof n==`number`&&Number.isFinite(n)&&n>0;this.report(`size`,r?null:`its scale must be a number above 0`),this.length=r?n:1,this.fixed=e.fixed===!0,this.limits={move:Fd(e.translation_limits),turn:Fd(e.rotation_limits)},J(t,`active_axes`,`disable_axes`,`disable_sliders`,`disable_rotations`)&&this.rebuild(e),this.applyStyle(e),this.fixed||this.resize(this.length),this.ctx.requestRender()}dispose(){super.dispose(),this.ctx.perFrame.delete(this.frame),this.drop()}at(e,t,n){return Md(this.handles,n=>{let r=this.drawn,[i,a,o]=this.pose.apply([n[0]*r,n[1]*r,n[2]*r]),s=[i-e.origin[0],a-e.origin[1],o-e.origin[2]],c=qd(s,t.forward);if(c<t.near)return null;let l=qd(e.direction,t.forward),u=n=>(qd(s,n)/c-qd(e.direction,n)/l)/t.pixel;return[u(t.right),u(t.up),c]},n)}highlight(e){e!==this.lit&&(this.lit=e,this.paint(),this.ctx.requestRender())}drag(e,t){let n=this.handles[e];if(!n)return null;let r=new Id(n,new q().copy(this.pose),this.travel,this.limits,t);return{to:e=>r.to(e),done:()=>{this.travel=r.done()}}}prepare(e){if(!this.fixed||!this.group.visible)return;let{viewport:t,pixelRatio:n}=this.ctx.frame,r=t.value.y/n.value,i=-new B(this.pose.px,this.pose.py,this.pose.pz).applyMatrix4(e.matrixWorldInverse).z,a=2/(e.projectionMatrix.elements[5]*r);this.resize(Math.max(i,1e-6)*a*this.length)}resize(e){e!==this.drawn&&(this.drawn=e,this.setScale(e))}rebuild(e){this.drop(),this.handles=Ad(e),this.parts=this.handles.map(e=>this.make(e))}make(e){let t=jd(e);if(e.kind===`slider`)return{line:null,solid:this.solid(Gd(t))};if(e.kind===`ring`)return{line:this.line(t),solid:null};let n=t.map(e=>e.map(e=>e*wd.shaft)),r=this.solid(Kd(e.axis));return{line:this.line(n),solid:r}}line(e){let t=new Qc(this.ctx.frame),n=e.slice(1).flatMap((t,n)=>[...e[n],...t]);return t.setPoints(new Float32Array(n)),this.add(t.mesh),t}solid(e){let t=new yt({side:2,fog:!1,toneMapped:!1}),n=new d(e,t);return this.add(n),n}applyStyle(e){let t=typeof e.line_width==`number`?Math.max(0,e.line_width):2.5,n=typeof e.opacity==`number`?e.opacity:1,r=Math.min(1,Math.max(0,n)),i=e.depth_test!==!1;for(let{line:e,solid:n}of this.parts){e?.setThickness({value:t,units:`screen`});let a=[e?.mesh,n].filter(e=>e!=null);for(let e of a){let{material:t}=e,n=r<1||!i;t.transparent!==n&&(t.needsUpdate=!0),t.transparent=n,t.depthTest=i,t.depthWrite=i&&r===1,e.renderOrder=i?0:Ud}e&&(e.mesh.material.uniforms.opacity.value=r),n&&(n.material.opacity=r)}this.paint()}paint(){for(let[e,{line:t,solid:n}]of this.parts.entries()){let r=e===this.lit?Hd:Vd[this.handles[e].axis];t?.setColor(r),n?.material.color.copy(new z().setRGB(...r,x))}}drop(){for(let{line:e,solid:t}of this.parts)e?.dispose(),t?.removeFromParent(),t?.geometry.dispose(),t?.material.dispose();this.parts=[],this.handles=[],this.lit=null}};function Gd(e){let t=new L;return t.setAttribute(`position`,new U(new Float32Array(e.flat()),3)),t.setIndex([0,1,2,0,2,3]),t}function Kd(e){let t=new B().setComponent(e,1);return new Me(wd.radius,wd.head,16).translate(0,wd.shaft+wd.head/2,0).applyQuaternion(new Te().setFromUnitVectors(new B(0,1,0),t))}function qd(e,t){return e[0]*t[0]+e[1]*t[1]+e[2]*t[2]}var Jd={BatchedGlbMessage:Uc,BatchedMeshesMessage:Bc,GlbMessage:ml,SkinnedMeshMessage:od,ArrowMessage:Ps,BatchedAxesMessage:ic,BoxMessage:Xu,CameraFrustumMessage:tl,CatmullRomSplineMessage:Sd,CubicBezierSplineMessage:Cd,CylinderMessage:Qu,FrameMessage:sl,GridMessage:Rl,IcosphereMessage:Zu,ImageMessage:Kl,LabelMessage:Yl,AmbientLightMessage:tu,DirectionalLightMessage:ru,HemisphereLightMessage:nu,PointLightMessage:au,RectAreaLightMessage:lu,SpotLightMessage:ou,LineSegmentsMessage:uu,MeshMessage:Su,PointCloudMessage:Gu,GaussianSplatsMessage:ld,Gui3DMessage:Vl,TransformControlsMessage:Wd},Yd=class{pickable;all;ray;eye;best=null;nearestOpaque=null;constructor(e,t,n,r){this.pickable=e,this.all=t,this.ray=n,this.eye=r;for(let t of e)this.search(t,t)}result(){return this.best}search(e,t){if(!t.shown)return;let n=t.visual?.raycast?.(this.ray,this.eye);n&&(!this.best||Xd(n,this.best.hit))&&!this.occluded(n)&&(this.best={place:e,at:t,hit:t===e?n:{...n,instance:null}});for(let n of t.children.values())this.pickable.has(n)||this.search(e,n)}occluded(e){return e.occludable?(this.nearestOpaque??=this.findNearestOpaque(),e.distance>this.nearestOpaque*1.001):!1}findNearestOpaque(){let e=1/0;for(let{shown:t,visual:n}of this.all()){if(!t||!n?.opaque?.())continue;let r=n.raycast?.(this.ray,this.eye);r&&r.distance<e&&(e=r.distance)}return e}};function Xd(e,t){let[n,r]=[e.off??0,t.off??0];return n===r?e.onTop===t.onTop?e.distance<t.distance:e.onTop===!0:n<r}var Zd=class{scene;frame;images;requestRender;maxTextureSize=4096;members=new Set;layer=null;loading=!1;constructor(e,t,n,r){this.scene=e,this.frame=t,this.images=n,this.requestRender=r}add(e){this.members.add(e),this.load()}remove(e){this.members.delete(e),this.layer?.remove(e),this.members.size===0&&this.drop()}flush(){if(this.layer)for(let e of this.members)this.layer.update(e)}prepare(e){this.layer?.prepare(e)}async orderFor(e){return this.flush(),await this.layer?.orderFor(e)??null}drawWith(e,t){this.layer&&e?this.layer.drawWith(e,t):t()}raycast(e,t){return this.layer?.raycast(e,t)??null}outline(e,t){return this.layer?.outline(e,t)??null}dispose(){this.members.clear(),this.drop()}load(){if(this.layer||this.loading)return;this.loading=!0;let e=At(async()=>{let{SplatLayer:e}=await import(`./layer-BhyEHNd_.js`);return{SplatLayer:e}},__vite__mapDeps([8,2]),import.meta.url).then(({SplatLayer:e})=>{if(this.loading=!1,this.members.size!==0){this.layer=new e(this.scene,this.frame,this.maxTextureSize,this.requestRender,e=>this.reportAll(`its splats can't be sorted: ${e}`));for(let{changed:e}of this.members)e.all=e.harmonics.all=!0;this.requestRender()}},e=>{this.loading=!1,this.reportAll(`the code that draws splats could not be loaded: ${e instanceof Error?e.message:e}`)});this.images.wait(e)}reportAll(e){for(let{report:t}of this.members)t(`splat layer`,e)}drop(){this.layer?.dispose(),this.layer=null}},Qd=class{isDark=!1;listeners=new Set;get dark(){return this.isDark}set(e){if(e!==this.isDark){this.isDark=e;for(let e of this.listeners)e()}}onChange(e){return this.listeners.add(e),()=>this.listeners.delete(e)}resolve(e,t){return this.isDark&&$d(e,t.light)?t.dark:e}};function $d(e,t){if(!Array.isArray(e)&&!ArrayBuffer.isView(e))return!1;let n=e;return n.length===3&&t.every((e,t)=>n[t]===e)}var ef=class{props=new Map;position=null;wxyz=null;get empty(){return this.props.size===0&&this.position===null&&this.wxyz===null}names(){let e=new Set(this.props.keys());return this.position&&e.add(tf),this.wxyz&&e.add(nf),e}restorePose(e){this.position&&e.setPosition(...this.position),this.wxyz&&e.setWxyz(...this.wxyz),this.position=this.wxyz=null}},tf=`#position`,nf=`#wxyz`,rf=class{core;constructor(e){this.core=e}details(e){let t=this.core.get(e),n=t?.effective;if(!t||!n)return null;let{px:r,py:i,pz:a,qw:o,qx:s,qy:c,qz:l}=n.pose;return{path:e,kind:n.empty?``:n.kind,owner:n.owner,props:n.props,edited:n.edits?.names()??new Set,position:[r,i,a],wxyz:[o,s,c,l],error:t.errorText}}edit(e,{props:t,position:n,wxyz:r}){let i=this.core.get(e),a=i?.effective;if(!i||!a)return;a.edits??=new ef;let{edits:o,pose:s}=a;if(n){let e=[s.px,s.py,s.pz];s.setPosition(...n)&&(o.position??=e),this.core.markDirty(i)}if(r){let e=[s.qw,s.qx,s.qy,s.qz];s.setWxyz(...r)&&(o.wxyz??=e),this.core.markDirty(i)}let c=Object.keys(t??{}).filter(e=>Object.hasOwn(a.props,e));if(c.length>0){for(let e of c)o.props.has(e)||o.props.set(e,a.props[e]);a.props={...a.props,...Object.fromEntries(c.map(e=>[e,t[e]]))},this.core.host.propsChanged(i,c)}this.tidy(a),this.core.host.treeChanged(i)}unedit(e,t){let n=this.core.get(e),r=n?.effective,i=r?.edits;if(!n||!i)return;let a=new Set(t??i.names());a.has(`#position`)&&i.position&&r.pose.setPosition(...i.position),a.has(`#position`)&&(i.position=null),a.has(`#wxyz`)&&i.wxyz&&r.pose.setWxyz(...i.wxyz),a.has(`#wxyz`)&&(i.wxyz=null),this.core.markDirty(n);let o=[...i.props].filter(([e])=>a.has(e));if(o.length>0){for(let[e]of o)i.props.delete(e);r.props={...r.props,...Object.fromEntries(o)},this.core.host.propsChanged(n,o.map(([e])=>e))}this.tidy(r),this.core.host.treeChanged(n)}forget(e){e.edits?.restorePose(e.pose),e.edits=null,this.core.markDirty(e.place),this.core.host.treeChanged(e.place)}overwritten(e,t){if(e.edits){for(let n of t)e.edits.props.delete(n);this.tidy(e)}}tidy(e){e.edits?.empty&&(e.edits=null,this.core.host.treeChanged(e.place))}},af=class{core;edits;byId=new Map;constructor(e,t){this.core=e,this.edits=t}assign(e,t){e.id>=0&&this.byId.get(e.id)===e&&this.byId.delete(e.id),e.id=t,t>=0&&this.byId.set(t,e)}setAll(e,t,n,r){let i=Math.min(e.length,Math.floor(t.length/3));for(let n=0;n<i;n++){let r=this.byId.get(e[n]);r&&this.setPosition(r,t[3*n],t[3*n+1],t[3*n+2])}let a=Math.min(n.length,Math.floor(r.length/4));for(let e=0;e<a;e++){let t=this.byId.get(n[e]);t&&this.setWxyz(t,r[4*e],r[4*e+1],r[4*e+2],r[4*e+3])}}startDrag(e){e.dragPose=new q().copy(e.pose),e.poseReceived=!1}drag(e,t){e.pose.copy(t),e.dragPose?.copy(t),e.poseReceived=!1,e.place.effective===e&&this.core.markDirty(e.place)}endDrag(e){e.dragPose&&e.poseReceived&&this.drag(e,new q().copy(e.dragPose)),e.dragPose=null}setPosition(e,t,n,r){e.receivedPosition=!0;let i=e.place;e.poseReceived=!0,(e.dragPose??e.pose).setPosition(t,n,r)?(e.edits?.position&&(e.edits.position=null,this.edits.tidy(e)),i.errors&&this.core.setError(i,`position`,null),i.effective===e&&this.core.markDirty(i)):this.core.setError(i,`position`,`its position is not finite; the last valid one is kept`)}setWxyz(e,t,n,r,i){e.receivedWxyz=!0;let a=e.place;e.poseReceived=!0,(e.dragPose??e.pose).setWxyz(t,n,r,i)?(e.edits?.wxyz&&(e.edits.wxyz=null,this.edits.tidy(e)),a.errors&&this.core.setError(a,`wxyz`,null),a.effective===e&&this.core.markDirty(a)):this.core.setError(a,`wxyz`,`its orientation is not a rotation; the last valid one is kept`)}},of=class{host;root;places=new Map;edits;poses;dirtyPlaces=[];origin=[0,0,0];replaying=!1;rootReceived={wxyz:!0,position:!0,visible:!0};rootVisible=!0;constructor(e){this.host=e,this.root=new rd(``,``,null),this.places.set(``,this.root);let t={host:e,get:e=>this.places.get(e),markDirty:e=>this.markDirty(e),setError:(e,t,n)=>this.setError(e,t,n)};this.edits=new rf(t),this.poses=new af(t,this.edits)}get size(){return this.places.size-1}get(e){return this.places.get(e)}all(){return this.places.values()}create(e){let t=this.ensure(e.name);if(!t||t===this.root)return;let n=e.owner??``,r=t.variants.find(e=>e.owner===n),i=!1;r?(i=!r.pending&&r.kind===e.type&&r.virtual===(e.virtual===!0),r.next&&(r=this.succeed(r,r.next)),r.edits&&this.edits.forget(r),r.kind=e.type,r.virtual=e.virtual===!0,r.pending=!1,r.props=e.props,r.created=!0,r.creations++):(r=new nd(t,n,e),t.variants.push(r)),this.poses.assign(r,typeof e.id==`number`?e.id:-1),t.errors&&this.setError(t,`patch`,null),t.effective===r&&i?this.host.propsChanged(t,null):this.elect(t,t.effective===r?r:null),this.host.treeChanged(t)}announce(e,t){let n=this.ensure(e.name);if(!n||n===this.root)return;let r=e.owner??``,i=new nd(n,r,e);i.pending=!0;let a=n.variants.find(e=>e.owner===r),o=a?.next??a;o&&!t&&i.inherit(o),o&&this.poses.assign(o,-1),this.poses.assign(i,typeof e.id==`number`?e.id:-1),a&&!a.empty?(a.next=i,a.created=!0):(a?this.succeed(a,i):n.variants.push(i),this.elect(n,a?i:null),this.host.treeChanged(n))}succeed(e,t){let{place:n}=e;return n.variants[n.variants.indexOf(e)]=t,n.effective===e&&(n.effective=t,n.local=t.pose,this.markDirty(n),this.refreshShown(n),this.host.bindingsChanged(n)),t}remove(e,t){let n=this.places.get(e);if(!n)return;let r=n.variants.findIndex(e=>e.owner===t);r<0||this.drop(n,r)}update(e,t,n){let r=this.variant(e,t);if(!r)return;r.props={...r.props,...n};let i=r.place;this.edits.overwritten(r,Object.keys(n)),i.errors&&this.setError(i,`patch`,null),i.effective===r&&this.host.propsChanged(i,Object.keys(n))}patch(e,t,n){let r=this.variant(e,t);if(!r||!Array.isArray(n))return;let i=r.place;for(let e of n){let{props:t,problems:n}=Mt(r.props,[e]);r.props=t,n.length>0?this.setError(i,`patch`,n.join(`; `)):i.effective===r&&this.host.arrayChanged(i,e.property,e.ranges)}}details(e){return this.edits.details(e)}edit(e,t){this.edits.edit(e,t)}unedit(e,t){this.edits.unedit(e,t)}setPosition(e,t,n){if(e===``){this.root.local.setPosition(n[0],n[1],n[2])&&this.markDirty(this.root),this.rootReceived.position=!0;return}let r=this.variant(e,t);r&&this.poses.setPosition(r,n[0],n[1],n[2])}setOrientation(e,t,n){if(e===``){this.root.local.setWxyz(n[0],n[1],n[2],n[3])&&this.markDirty(this.root),this.rootReceived.wxyz=!0;return}let r=this.variant(e,t);r&&this.poses.setWxyz(r,n[0],n[1],n[2],n[3])}setBone(e,t,n,r){let i=this.variant(e,t);if(!i||!Number.isInteger(n)||n<0||n>65535)return;i.props[ed]??=new Map;let a=i.props[ed];a.set(n,{...a.get(n),...r});let o=i.place;o.effective===i&&this.host.propsChanged(o,[ed])}setVisible(e,t,n){if(e===``){this.rootVisible=n,this.rootReceived.visible=!0,this.refreshShown(this.root),this.host.treeChanged(this.root);return}let r=this.variant(e,t);if(!r)return;r.receivedVisible=!0,r.visible=n;let i=r.place;i.effective===r&&(this.refreshShown(i),this.host.treeChanged(i))}setOverride(e,t){let n=this.places.get(e);n&&n.override!==t&&(n.override=t,this.refreshShown(n),this.host.treeChanged(n))}setClickBindings(e,t,n){let r=this.variant(e,t);r&&(r.receivedClicks=!0,r.clicks=n,this.bindingsChanged(r))}setDragBindings(e,t,n){let r=this.variant(e,t);r&&(r.receivedDrags=!0,r.drags=n,this.bindingsChanged(r))}serverVisible(e){return e===this.root?this.rootVisible:e.serverVisible}setError(e,t,n){(e.errors?.get(t)??null)!==n&&(n===null?e.errors?.delete(t):(e.errors??=new Map,e.errors.set(t,n)),this.host.treeChanged(e))}replayStart(){this.replaying=!0,this.rootReceived={wxyz:!1,position:!1,visible:!1};for(let e of this.places.values())for(let t of e.variants)this.forgetNext(t),t.startReplay()}replayDone(){if(!this.replaying)return;this.replaying=!1;for(let e of[...this.places.values()])for(let t=e.variants.length-1;t>=0;t--)e.variants[t].created||this.drop(e,t);for(let e of this.places.values())for(let t of e.variants)this.resetUnreceived(t.next??t);let e=this.root.local;this.rootReceived.position||e.setPosition(0,0,0),this.rootReceived.wxyz||e.setWxyz(1,0,0,0),this.rootReceived.position&&this.rootReceived.wxyz||this.markDirty(this.root),this.rootReceived.visible||this.setVisible(``,``,!0)}setOrigin(e){[this.origin[0],this.origin[1],this.origin[2]]=e,this.markDirty(this.root)}propagate(){if(this.dirtyPlaces.length===0)return;let e=this.dirtyPlaces;this.dirtyPlaces=[];for(let t of e){if(!t.dirty)continue;let e=t;for(let n=t.parent;n;n=n.parent)n.dirty&&(e=n);this.propagateFrom(e)}}propagateFrom(e){e.dirty=!1,e.parent?e.world.compose(e.parent.world,e.local):e.world.copy(e.local).translate(this.origin,-1),this.host.moved(e);for(let t of e.children.values())this.propagateFrom(t)}variant(e,t){let n=this.places.get(e)?.variants;if(n){for(let e of n)if(e.owner===t)return e.next??e}}markDirty(e){e.dirty||(e.dirty=!0,this.dirtyPlaces.push(e))}ensure(e){let t=this.places.get(e);if(t)return t;let n=0;for(let t=e.indexOf(`/`);t>=0;t=e.indexOf(`/`,t+1))if(++n>256)return this.setError(this.root,`depth`,`a name has more than 256 levels; it is left out`),null;return this.ensureParts(e)}ensureParts(e){let t=this.places.get(e);if(t)return t;let n=e.lastIndexOf(`/`),r=n<0?this.root:this.ensureParts(e.slice(0,n)),i=new rd(e.slice(n+1),e,r);return r.children.set(e,i),this.places.set(e,i),this.markDirty(i),i}drop(e,t){let[n]=e.variants.splice(t,1);this.forgetNext(n),this.poses.assign(n,-1),e.effective===n&&this.elect(e,null),this.host.treeChanged(e),this.prune(e)}forgetNext(e){e.next&&this.poses.assign(e.next,-1),e.next=null}prune(e){for(let t=e;t?.parent;t=t.parent){if(t.variants.length>0||t.children.size>0)return;t.parent.children.delete(t.path),this.places.delete(t.path),this.host.treeChanged(t.parent)}}elect(e,t){let n=null;for(let t of e.variants)(!n||t.rank()>n.rank())&&(n=t);let r=e.effective;(n!==r||t!==null)&&(n!==r&&(n===null?e.local=new q().copy(e.local):(n.virtual&&r&&(n.edits=null,n.pose.copy(e.local),n.receivedPosition=n.receivedWxyz=!0),e.local=n.pose),e.effective=n,this.markDirty(e)),e.errors=null,this.host.replaced(e),this.refreshShown(e),this.host.bindingsChanged(e))}bindingsChanged(e){let t=e.place;t.effective===e&&this.host.bindingsChanged(t)}resetUnreceived(e){let t=e.place;e.receivedPosition||this.poses.setPosition(e,0,0,0),e.receivedWxyz||this.poses.setWxyz(e,1,0,0,0),e.receivedVisible||this.setVisible(t.path,e.owner,!0),!e.receivedClicks&&e.clicks.length>0&&this.setClickBindings(t.path,e.owner,td),!e.receivedDrags&&e.drags.length>0&&this.setDragBindings(t.path,e.owner,td)}refreshShown(e){let t=(e.override??this.serverVisible(e))&&(e.parent?.shown??!0);if(t!==e.shown){e.shown=t,this.host.shownChanged(e);for(let t of e.children.values())this.refreshShown(t)}}},sf=class{tree;schedule;snapshots=new Map;listeners=new Set;notifying=!1;disposed=!1;constructor(e,t){this.tree=e,this.schedule=t}root(){return this.snapshot(this.tree.root)}subscribe(e){return this.listeners.add(e),()=>this.listeners.delete(e)}changed(e){for(let t=e;t&&this.snapshots.delete(t);t=t.parent);for(let t=e.parent;t&&this.snapshots.delete(t);t=t.parent);this.notifying||this.listeners.size===0||(this.notifying=!0,this.schedule(()=>{if(this.notifying=!1,!this.disposed)for(let e of[...this.listeners])e()}))}dispose(){this.disposed=!0,this.listeners.clear(),this.snapshots.clear()}snapshot(e){let t=this.snapshots.get(e);if(t)return t;let n=e.effective,r={name:e.name,path:e.path,kind:n&&!n.empty?n.kind.replace(/Message$/,``):``,visible:this.tree.serverVisible(e),override:e.override,children:[...e.children.values()].map(e=>this.snapshot(e))},i=e.errorText;return i!==void 0&&(r.error=i),n?.edits&&(r.edited=!0),this.snapshots.set(e,r),r}},cf=class{changed;scene=new we;tree=new of(this);model;lights;environment;neutralEnvironment=new $o;theme=new Qd;frame={viewport:{value:new tt(1,1)},pixelRatio:{value:1}};images=new Ha;mounts;background;clickable=new Set;draggable=new Set;pressable=new Set;gizmos=new Set;shapes=new ys;surfaces=new la;instances;labels;splats;ctx;perFrame=new Set;stale=new Map;constructor(e,t,n=null){this.changed=e,this.mounts=new Xo(n);let{scene:r,shapes:i,surfaces:a}=this;r.matrixWorldAutoUpdate=!1,r.matrixAutoUpdate=!1,this.model=new sf(this.tree,t),this.instances=new Ia(r,i,a),this.labels=new Ho(r,this.frame,e),this.splats=new Zd(r,this.frame,this.images,e),this.background=new aa(r,this.images,e,e=>this.tree.setError(this.tree.root,`background`,e)),this.lights=new Jo(r),this.environment=new Ra(r,this.tree.root.local,e=>{this.lights.setAmbient(e),this.neutralEnvironment.set(e)},this.images,e,e=>this.tree.setError(this.tree.root,`environment map`,e)),this.ctx={stage:r,shapes:i,surfaces:a,instances:this.instances,labels:this.labels,images:this.images,splats:this.splats,lights:this.lights,neutralEnvironment:this.neutralEnvironment,mounts:this.mounts,origin:this.tree.origin,frame:this.frame,theme:this.theme,perFrame:this.perFrame,requestRender:e}}apply(e){switch(e.type){case`BackgroundImageMessage`:this.background.set(e);break;case`PackedPosesMessage`:this.tree.poses.setAll(e.position_ids,e.positions,e.wxyz_ids,e.wxyzs);break;case`SetPositionMessage`:this.tree.setPosition(e.name,e.owner,e.position);break;case`SetOrientationMessage`:this.tree.setOrientation(e.name,e.owner,e.wxyz);break;case`SetBoneOrientationMessage`:this.tree.setBone(e.name,e.owner,e.bone_index,{wxyz:e.wxyz});break;case`SetBonePositionMessage`:this.tree.setBone(e.name,e.owner,e.bone_index,{position:e.position});break;case`SceneNodeUpdateMessage`:this.tree.update(e.name,e.owner,e.updates);break;case`SceneNodePatchMessage`:this.tree.patch(e.name,e.owner,e.patches);break;case`SetSceneNodeVisibilityMessage`:this.tree.setVisible(e.name,e.owner,e.visible);break;case`SetSceneNodeClickBindingsMessage`:this.tree.setClickBindings(e.name,e.owner,e.bindings);break;case`SetSceneNodeDragBindingsMessage`:this.tree.setDragBindings(e.name,e.owner,e.bindings);break;case`RemoveSceneNodeMessage`:this.tree.remove(e.name,e.owner);break;default:if(!Object.hasOwn(Jd,e.type))return!1;this.create(e)}return this.changed(),!0}create(e){let t=Et(e);t?this.tree.announce(e,t.fresh):this.tree.create(e)}setDark(e){this.theme.set(e),this.labels.setDark(e),this.changed()}moveOrigin(e){let[t,n,r]=this.tree.origin;this.tree.setOrigin([t+e[0],n+e[1],r+e[2]]),this.lights.originMoved()}preparing=!1;flush(e){this.preparing=!0;try{this.flushNodes()}finally{this.preparing=!1}for(let t of this.perFrame)t(e);this.instances.flush(e),this.splats.flush(),this.labels.flush(e)}flushNodes(){for(let[e,{changed:t,parts:n}]of this.stale)this.guard(e,()=>{e.visual?e.visual.update(e.effective.props,t,n):this.build(e)});this.stale.clear(),this.tree.propagate()}pick(e,t,n){return new Yd(e,()=>this.tree.all(),t,n).result()}dispose(){for(let e of this.tree.all())this.clear(e);this.model.dispose(),this.mounts.dispose(),this.labels.dispose(),this.splats.dispose(),this.background.dispose(),this.environment.dispose(),this.lights.dispose(),this.instances.dispose(),this.surfaces.dispose()}replaced(e){this.clear(e),e.effective&&!e.effective.empty?this.pending(e).changed=null:this.stale.delete(e),this.changed()}propsChanged(e,t){if(e.effective?.empty)return;let n=this.pending(e);t===null&&(n.changed=null);for(let e of t??[])n.changed?.add(e),n.parts.delete(e)}arrayChanged(e,t,n){if(e.effective?.empty)return;let{changed:r,parts:i}=this.pending(e);if(r===null||r.has(t)&&!i.has(t))return;r.add(t);let a=[...i.get(t)??[],...n];a.length<=256?i.set(t,a):i.delete(t)}pending(e){let t=this.stale.get(e);return t||(t={changed:new Set,parts:new Map},this.stale.set(e,t)),t}moved(e){e.visual?.setPose(e.world)}shownChanged(e){e.visual?.setShown(e.shown),this.changed()}bindingsChanged(e){let t=(e.effective?.clicks.length??0)>0,n=(e.effective?.drags.length??0)>0;lf(this.clickable,e,t),lf(this.draggable,e,n),lf(this.pressable,e,t||n)}treeChanged(e){this.model.changed(e)}build(e){let t=e.effective,n=t&&Jd[t.kind];if(!n)return;let r=new n(this.ctx,(t,n)=>this.tree.setError(e,t,n));e.visual=r,r.gizmoHandles&&this.gizmos.add(e),r.update(t.props,null,new Map),r.setPose(e.world),r.setShown(e.shown)}clear(e){this.gizmos.delete(e),e.visual?.dispose(),e.visual=null}guard(e,t){try{t(),e.errors&&this.tree.setError(e,`broken`,null)}catch(t){this.clear(e);let n=t instanceof Error?t.message:String(t);this.tree.setError(e,`broken`,`it can't be drawn: ${n}`)}}};function lf(e,t,n){n?e.add(t):e.delete(t)}var uf={LEFT:1,RIGHT:2,MIDDLE:4},Y=Object.freeze({NONE:0,ROTATE:1,TRUCK:2,SCREEN_PAN:4,OFFSET:8,DOLLY:16,ZOOM:32,TOUCH_ROTATE:64,TOUCH_TRUCK:128,TOUCH_SCREEN_PAN:256,TOUCH_OFFSET:512,TOUCH_DOLLY:1024,TOUCH_ZOOM:2048,TOUCH_DOLLY_TRUCK:4096,TOUCH_DOLLY_SCREEN_PAN:8192,TOUCH_DOLLY_OFFSET:16384,TOUCH_DOLLY_ROTATE:32768,TOUCH_ZOOM_TRUCK:65536,TOUCH_ZOOM_OFFSET:131072,TOUCH_ZOOM_SCREEN_PAN:262144,TOUCH_ZOOM_ROTATE:524288}),df={NONE:0,IN:1,OUT:-1};function ff(e){return e.isPerspectiveCamera}function pf(e){return e.isOrthographicCamera}var mf=Math.PI*2,hf=Math.PI/2,gf=1e-5,_f=Math.PI/180;function vf(e,t,n){return Math.max(t,Math.min(n,e))}function yf(e,t=gf){return Math.abs(e)<t}function X(e,t,n=gf){return yf(e-t,n)}function bf(e,t){return Math.round(e/t)*t}function xf(e){return isFinite(e)?e:e<0?-Number.MAX_VALUE:Number.MAX_VALUE}function Sf(e){return Math.abs(e)<Number.MAX_VALUE?e:e*(1/0)}function Cf(e,t,n,r,i=1/0,a){r=Math.max(1e-4,r);let o=2/r,s=o*a,c=1/(1+s+.48*s*s+.235*s*s*s),l=e-t,u=t,d=i*r;l=vf(l,-d,d),t=e-l;let f=(n.value+o*l)*a;n.value=(n.value-o*f)*c;let p=t+(l+f)*c;return u-e>0==p>u&&(p=u,n.value=(p-u)/a),p}function wf(e,t,n,r,i=1/0,a,o){r=Math.max(1e-4,r);let s=2/r,c=s*a,l=1/(1+c+.48*c*c+.235*c*c*c),u=t.x,d=t.y,f=t.z,p=e.x-u,m=e.y-d,h=e.z-f,g=u,_=d,v=f,y=i*r,b=y*y,x=p*p+m*m+h*h;if(x>b){let e=Math.sqrt(x);p=p/e*y,m=m/e*y,h=h/e*y}u=e.x-p,d=e.y-m,f=e.z-h;let S=(n.x+s*p)*a,C=(n.y+s*m)*a,w=(n.z+s*h)*a;n.x=(n.x-s*S)*l,n.y=(n.y-s*C)*l,n.z=(n.z-s*w)*l,o.x=u+(p+S)*l,o.y=d+(m+C)*l,o.z=f+(h+w)*l;let T=g-e.x,E=_-e.y,D=v-e.z,O=o.x-g,k=o.y-_,A=o.z-v;return T*O+E*k+D*A>0&&(o.x=g,o.y=_,o.z=v,n.x=(o.x-g)/a,n.y=(o.y-_)/a,n.z=(o.z-v)/a),o}function Tf(e,t){t.set(0,0),e.forEach(e=>{t.x+=e.clientX,t.y+=e.clientY}),t.x/=e.length,t.y/=e.length}function Ef(e,t){return pf(e)?(console.warn(`${t} is not supported in OrthographicCamera`),!0):!1}var Df=class{_listeners={};addEventListener(e,t){let n=this._listeners;n[e]===void 0&&(n[e]=[]),n[e].indexOf(t)===-1&&n[e].push(t)}hasEventListener(e,t){let n=this._listeners;return n[e]!==void 0&&n[e].indexOf(t)!==-1}removeEventListener(e,t){let n=this._listeners[e];if(n!==void 0){let e=n.indexOf(t);e!==-1&&n.splice(e,1)}}removeAllEventListeners(e){e?Array.isArray(this._listeners[e])&&(this._listeners[e].length=0):this._listeners={}}dispatchEvent(e){let t=this._listeners[e.type];if(t!==void 0){e.target=this;let n=t.slice(0);for(let t=0,r=n.length;t<r;t++)n[t].call(this,e)}}},Of=`3.1.2`,kf=1/8,Af=/Mac/.test(globalThis?.navigator?.platform),Z,jf,Mf,Nf,Pf,Q,$,Ff,If,Lf,Rf,zf,Bf,Vf,Hf,Uf,Wf,Gf,Kf,qf,Jf,Yf,Xf,Zf=class e extends Df{static install(e){Z=e.THREE,jf=Object.freeze(new Z.Vector3(0,0,0)),Mf=Object.freeze(new Z.Vector3(0,1,0)),Nf=Object.freeze(new Z.Vector3(0,0,1)),Pf=new Z.Vector2,Q=new Z.Vector3,$=new Z.Vector3,Ff=new Z.Vector3,If=new Z.Vector3,Lf=new Z.Vector3,Rf=new Z.Vector3,zf=new Z.Vector3,Bf=new Z.Vector3,Vf=new Z.Vector3,Hf=new Z.Spherical,Uf=new Z.Spherical,Wf=new Z.Box3,Gf=new Z.Box3,Kf=new Z.Sphere,qf=new Z.Quaternion,Jf=new Z.Quaternion,Yf=new Z.Matrix4,Xf=new Z.Raycaster}static get ACTION(){return Y}minPolarAngle=0;maxPolarAngle=Math.PI;minAzimuthAngle=-1/0;maxAzimuthAngle=1/0;minDistance=2**-52;maxDistance=1/0;infinityDolly=!1;minZoom=.01;maxZoom=1/0;smoothTime=.25;draggingSmoothTime=.125;maxSpeed=1/0;azimuthRotateSpeed=1;polarRotateSpeed=1;dollySpeed=1;dollyDragInverted=!1;truckSpeed=2;dollyToCursor=!1;dragToOffset=!1;boundaryFriction=0;restThreshold=.01;colliderMeshes=[];mouseButtons;touches;cancel=()=>{};lockPointer;unlockPointer;_enabled=!0;_camera;_yAxisUpSpace;_yAxisUpSpaceInverse;_state=Y.NONE;_domElement;_viewport=null;_target;_targetEnd;_focalOffset;_focalOffsetEnd;_spherical;_sphericalEnd;_lastDistance;_zoom;_zoomEnd;_lastZoom;_cameraUp0;_target0;_position0;_zoom0;_focalOffset0;_dollyControlCoord;_changedDolly=0;_changedZoom=0;_nearPlaneCorners;_hasRested=!0;_boundary;_boundaryEnclosesCamera=!1;_needsUpdate=!0;_updatedLastTime=!1;_elementRect=new DOMRect;_isDragging=!1;_dragNeedsUpdate=!0;_activePointers=[];_lockedPointer=null;_interactiveArea=new DOMRect(0,0,1,1);_isUserControllingRotate=!1;_isUserControllingDolly=!1;_isUserControllingTruck=!1;_isUserControllingOffset=!1;_isUserControllingZoom=!1;_lastDollyDirection=df.NONE;_thetaVelocity={value:0};_phiVelocity={value:0};_radiusVelocity={value:0};_targetVelocity=new Z.Vector3;_focalOffsetVelocity=new Z.Vector3;_zoomVelocity={value:0};set verticalDragToForward(e){console.warn("camera-controls: `verticalDragToForward` was removed. Use `mouseButtons.left = CameraControls.ACTION.SCREEN_PAN` instead.")}constructor(t,n){super(),Z===void 0&&console.error("camera-controls: `THREE` is undefined. You must first run `CameraControls.install( { THREE: THREE } )`. Check the docs for further information."),this._camera=t,this._yAxisUpSpace=new Z.Quaternion().setFromUnitVectors(this._camera.up,Mf),this._yAxisUpSpaceInverse=this._yAxisUpSpace.clone().invert(),this._state=Y.NONE,this._target=new Z.Vector3,this._targetEnd=this._target.clone(),this._focalOffset=new Z.Vector3,this._focalOffsetEnd=this._focalOffset.clone(),this._spherical=new Z.Spherical().setFromVector3(Q.copy(this._camera.position).applyQuaternion(this._yAxisUpSpace)),this._sphericalEnd=this._spherical.clone(),this._lastDistance=this._spherical.radius,this._zoom=this._camera.zoom,this._zoomEnd=this._zoom,this._lastZoom=this._zoom,this._nearPlaneCorners=[new Z.Vector3,new Z.Vector3,new Z.Vector3,new Z.Vector3],this._updateNearPlaneCorners(),this._boundary=new Z.Box3(new Z.Vector3(-1/0,-1/0,-1/0),new Z.Vector3(1/0,1/0,1/0)),this._cameraUp0=this._camera.up.clone(),this._target0=this._target.clone(),this._position0=this._camera.position.clone(),this._zoom0=this._zoom,this._focalOffset0=this._focalOffset.clone(),this._dollyControlCoord=new Z.Vector2,this.mouseButtons={left:Y.ROTATE,middle:Y.DOLLY,right:Y.TRUCK,wheel:ff(this._camera)?Y.DOLLY:pf(this._camera)?Y.ZOOM:Y.NONE},this.touches={one:Y.TOUCH_ROTATE,two:ff(this._camera)?Y.TOUCH_DOLLY_TRUCK:pf(this._camera)?Y.TOUCH_ZOOM_TRUCK:Y.NONE,three:Y.TOUCH_TRUCK};let r=new Z.Vector2,i=new Z.Vector2,a=new Z.Vector2,o=e=>{if(!this._enabled||!this._domElement)return;if(this._interactiveArea.left!==0||this._interactiveArea.top!==0||this._interactiveArea.width!==1||this._interactiveArea.height!==1){let t=this._domElement.getBoundingClientRect(),n=e.clientX/t.width,r=e.clientY/t.height;if(n<this._interactiveArea.left||n>this._interactiveArea.right||r<this._interactiveArea.top||r>this._interactiveArea.bottom)return}let t=e.pointerType===`mouse`?(e.buttons&uf.LEFT)===uf.LEFT?uf.LEFT:(e.buttons&uf.MIDDLE)===uf.MIDDLE?uf.MIDDLE:(e.buttons&uf.RIGHT)===uf.RIGHT?uf.RIGHT:null:null;if(t!==null){let e=this._findPointerByMouseButton(t);e&&this._disposePointer(e)}if((e.buttons&uf.LEFT)===uf.LEFT&&this._lockedPointer)return;let n={pointerId:e.pointerId,clientX:e.clientX,clientY:e.clientY,deltaX:0,deltaY:0,mouseButton:t};this._activePointers.push(n),this._domElement.ownerDocument.removeEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.removeEventListener(`pointerup`,c),this._domElement.ownerDocument.addEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.addEventListener(`pointerup`,c),this._isDragging=!0,f(e)},s=e=>{e.cancelable&&e.preventDefault();let t=e.pointerId,n=this._lockedPointer||this._findPointerById(t);if(n){if(n.clientX=e.clientX,n.clientY=e.clientY,n.deltaX=e.movementX,n.deltaY=e.movementY,this._state=0,e.pointerType===`touch`)switch(this._activePointers.length){case 1:this._state=this.touches.one;break;case 2:this._state=this.touches.two;break;case 3:this._state=this.touches.three}else(!this._isDragging&&this._lockedPointer||this._isDragging&&(e.buttons&uf.LEFT)===uf.LEFT)&&(this._state|=this.mouseButtons.left),this._isDragging&&(e.buttons&uf.MIDDLE)===uf.MIDDLE&&(this._state|=this.mouseButtons.middle),this._isDragging&&(e.buttons&uf.RIGHT)===uf.RIGHT&&(this._state|=this.mouseButtons.right);p()}},c=e=>{let t=this._findPointerById(e.pointerId);if(!(t&&t===this._lockedPointer)){if(t&&this._disposePointer(t),e.pointerType===`touch`)switch(this._activePointers.length){case 0:this._state=Y.NONE;break;case 1:this._state=this.touches.one;break;case 2:this._state=this.touches.two;break;case 3:this._state=this.touches.three}else this._state=Y.NONE;m()}},l=-1,u=e=>{if(!this._domElement||!this._enabled||this.mouseButtons.wheel===Y.NONE)return;if(this._interactiveArea.left!==0||this._interactiveArea.top!==0||this._interactiveArea.width!==1||this._interactiveArea.height!==1){let t=this._domElement.getBoundingClientRect(),n=e.clientX/t.width,r=e.clientY/t.height;if(n<this._interactiveArea.left||n>this._interactiveArea.right||r<this._interactiveArea.top||r>this._interactiveArea.bottom)return}if(e.preventDefault(),this.dollyToCursor||this.mouseButtons.wheel===Y.ROTATE||this.mouseButtons.wheel===Y.TRUCK){let e=performance.now();l-e<1e3&&this._getClientRect(this._elementRect),l=e}let t=Af?-1:-3,n=e.deltaMode===1&&!e.ctrlKey?e.deltaY/t:e.deltaY/(t*10),r=this.dollyToCursor?(e.clientX-this._elementRect.x)/this._elementRect.width*2-1:0,i=this.dollyToCursor?(e.clientY-this._elementRect.y)/this._elementRect.height*-2+1:0;switch(e.ctrlKey?Y.ZOOM:this.mouseButtons.wheel){case Y.ROTATE:this._rotateInternal(e.deltaX,e.deltaY),this._isUserControllingRotate=!0;break;case Y.TRUCK:this._truckInternal(e.deltaX,e.deltaY,!1,!1),this._isUserControllingTruck=!0;break;case Y.SCREEN_PAN:this._truckInternal(e.deltaX,e.deltaY,!1,!0),this._isUserControllingTruck=!0;break;case Y.OFFSET:this._truckInternal(e.deltaX,e.deltaY,!0,!1),this._isUserControllingOffset=!0;break;case Y.DOLLY:this._dollyInternal(-n,r,i),this._isUserControllingDolly=!0;break;case Y.ZOOM:this._zoomInternal(-n,r,i),this._isUserControllingZoom=!0}this.dispatchEvent({type:`control`})},d=t=>{if(this._domElement&&this._enabled){if(this.mouseButtons.right===e.ACTION.NONE){let e=t instanceof PointerEvent?t.pointerId:0,n=this._findPointerById(e);n&&this._disposePointer(n),this._domElement.ownerDocument.removeEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.removeEventListener(`pointerup`,c)}else t.preventDefault()}},f=e=>{if(this._enabled){if(Tf(this._activePointers,Pf),this._getClientRect(this._elementRect),r.copy(Pf),i.copy(Pf),this._activePointers.length>=2){let e=Pf.x-this._activePointers[1].clientX,t=Pf.y-this._activePointers[1].clientY,n=Math.sqrt(e*e+t*t);a.set(0,n);let r=(this._activePointers[0].clientX+this._activePointers[1].clientX)*.5,o=(this._activePointers[0].clientY+this._activePointers[1].clientY)*.5;i.set(r,o)}if(this._state=0,!e)this._lockedPointer&&(this._state|=this.mouseButtons.left);else if(`pointerType`in e&&e.pointerType===`touch`)switch(this._activePointers.length){case 1:this._state=this.touches.one;break;case 2:this._state=this.touches.two;break;case 3:this._state=this.touches.three}else!this._lockedPointer&&(e.buttons&uf.LEFT)===uf.LEFT&&(this._state|=this.mouseButtons.left),(e.buttons&uf.MIDDLE)===uf.MIDDLE&&(this._state|=this.mouseButtons.middle),(e.buttons&uf.RIGHT)===uf.RIGHT&&(this._state|=this.mouseButtons.right);((this._state&Y.ROTATE)===Y.ROTATE||(this._state&Y.TOUCH_ROTATE)===Y.TOUCH_ROTATE||(this._state&Y.TOUCH_DOLLY_ROTATE)===Y.TOUCH_DOLLY_ROTATE||(this._state&Y.TOUCH_ZOOM_ROTATE)===Y.TOUCH_ZOOM_ROTATE)&&(this._sphericalEnd.theta=this._spherical.theta,this._sphericalEnd.phi=this._spherical.phi,this._thetaVelocity.value=0,this._phiVelocity.value=0),((this._state&Y.TRUCK)===Y.TRUCK||(this._state&Y.SCREEN_PAN)===Y.SCREEN_PAN||(this._state&Y.TOUCH_TRUCK)===Y.TOUCH_TRUCK||(this._state&Y.TOUCH_SCREEN_PAN)===Y.TOUCH_SCREEN_PAN||(this._state&Y.TOUCH_DOLLY_TRUCK)===Y.TOUCH_DOLLY_TRUCK||(this._state&Y.TOUCH_DOLLY_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN||(this._state&Y.TOUCH_ZOOM_TRUCK)===Y.TOUCH_ZOOM_TRUCK||(this._state&Y.TOUCH_ZOOM_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN)&&(this._targetEnd.copy(this._target),this._targetVelocity.set(0,0,0)),((this._state&Y.DOLLY)===Y.DOLLY||(this._state&Y.TOUCH_DOLLY)===Y.TOUCH_DOLLY||(this._state&Y.TOUCH_DOLLY_TRUCK)===Y.TOUCH_DOLLY_TRUCK||(this._state&Y.TOUCH_DOLLY_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN||(this._state&Y.TOUCH_DOLLY_OFFSET)===Y.TOUCH_DOLLY_OFFSET||(this._state&Y.TOUCH_DOLLY_ROTATE)===Y.TOUCH_DOLLY_ROTATE)&&(this._sphericalEnd.radius=this._spherical.radius,this._radiusVelocity.value=0),((this._state&Y.ZOOM)===Y.ZOOM||(this._state&Y.TOUCH_ZOOM)===Y.TOUCH_ZOOM||(this._state&Y.TOUCH_ZOOM_TRUCK)===Y.TOUCH_ZOOM_TRUCK||(this._state&Y.TOUCH_ZOOM_SCREEN_PAN)===Y.TOUCH_ZOOM_SCREEN_PAN||(this._state&Y.TOUCH_ZOOM_OFFSET)===Y.TOUCH_ZOOM_OFFSET||(this._state&Y.TOUCH_ZOOM_ROTATE)===Y.TOUCH_ZOOM_ROTATE)&&(this._zoomEnd=this._zoom,this._zoomVelocity.value=0),((this._state&Y.OFFSET)===Y.OFFSET||(this._state&Y.TOUCH_OFFSET)===Y.TOUCH_OFFSET||(this._state&Y.TOUCH_DOLLY_OFFSET)===Y.TOUCH_DOLLY_OFFSET||(this._state&Y.TOUCH_ZOOM_OFFSET)===Y.TOUCH_ZOOM_OFFSET)&&(this._focalOffsetEnd.copy(this._focalOffset),this._focalOffsetVelocity.set(0,0,0)),this.dispatchEvent({type:`controlstart`})}},p=()=>{if(!this._enabled||!this._dragNeedsUpdate)return;this._dragNeedsUpdate=!1,Tf(this._activePointers,Pf);let e=this._domElement&&this._domElement.ownerDocument.pointerLockElement===this._domElement?this._lockedPointer||this._activePointers[0]:null,t=e?-e.deltaX:i.x-Pf.x,n=e?-e.deltaY:i.y-Pf.y;if(i.copy(Pf),((this._state&Y.ROTATE)===Y.ROTATE||(this._state&Y.TOUCH_ROTATE)===Y.TOUCH_ROTATE||(this._state&Y.TOUCH_DOLLY_ROTATE)===Y.TOUCH_DOLLY_ROTATE||(this._state&Y.TOUCH_ZOOM_ROTATE)===Y.TOUCH_ZOOM_ROTATE)&&(this._rotateInternal(t,n),this._isUserControllingRotate=!0),(this._state&Y.DOLLY)===Y.DOLLY||(this._state&Y.ZOOM)===Y.ZOOM){let e=this.dollyToCursor?(r.x-this._elementRect.x)/this._elementRect.width*2-1:0,t=this.dollyToCursor?(r.y-this._elementRect.y)/this._elementRect.height*-2+1:0,i=this.dollyDragInverted?-1:1;(this._state&Y.DOLLY)===Y.DOLLY?(this._dollyInternal(i*n*kf,e,t),this._isUserControllingDolly=!0):(this._zoomInternal(i*n*kf,e,t),this._isUserControllingZoom=!0)}if((this._state&Y.TOUCH_DOLLY)===Y.TOUCH_DOLLY||(this._state&Y.TOUCH_ZOOM)===Y.TOUCH_ZOOM||(this._state&Y.TOUCH_DOLLY_TRUCK)===Y.TOUCH_DOLLY_TRUCK||(this._state&Y.TOUCH_ZOOM_TRUCK)===Y.TOUCH_ZOOM_TRUCK||(this._state&Y.TOUCH_DOLLY_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN||(this._state&Y.TOUCH_ZOOM_SCREEN_PAN)===Y.TOUCH_ZOOM_SCREEN_PAN||(this._state&Y.TOUCH_DOLLY_OFFSET)===Y.TOUCH_DOLLY_OFFSET||(this._state&Y.TOUCH_ZOOM_OFFSET)===Y.TOUCH_ZOOM_OFFSET||(this._state&Y.TOUCH_DOLLY_ROTATE)===Y.TOUCH_DOLLY_ROTATE||(this._state&Y.TOUCH_ZOOM_ROTATE)===Y.TOUCH_ZOOM_ROTATE){let e=Pf.x-this._activePointers[1].clientX,t=Pf.y-this._activePointers[1].clientY,n=Math.sqrt(e*e+t*t),r=a.y-n;a.set(0,n);let o=this.dollyToCursor?(i.x-this._elementRect.x)/this._elementRect.width*2-1:0,s=this.dollyToCursor?(i.y-this._elementRect.y)/this._elementRect.height*-2+1:0;(this._state&Y.TOUCH_DOLLY)===Y.TOUCH_DOLLY||(this._state&Y.TOUCH_DOLLY_ROTATE)===Y.TOUCH_DOLLY_ROTATE||(this._state&Y.TOUCH_DOLLY_TRUCK)===Y.TOUCH_DOLLY_TRUCK||(this._state&Y.TOUCH_DOLLY_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN||(this._state&Y.TOUCH_DOLLY_OFFSET)===Y.TOUCH_DOLLY_OFFSET?(this._dollyInternal(r*kf,o,s),this._isUserControllingDolly=!0):(this._zoomInternal(r*kf,o,s),this._isUserControllingZoom=!0)}((this._state&Y.TRUCK)===Y.TRUCK||(this._state&Y.TOUCH_TRUCK)===Y.TOUCH_TRUCK||(this._state&Y.TOUCH_DOLLY_TRUCK)===Y.TOUCH_DOLLY_TRUCK||(this._state&Y.TOUCH_ZOOM_TRUCK)===Y.TOUCH_ZOOM_TRUCK)&&(this._truckInternal(t,n,!1,!1),this._isUserControllingTruck=!0),((this._state&Y.SCREEN_PAN)===Y.SCREEN_PAN||(this._state&Y.TOUCH_SCREEN_PAN)===Y.TOUCH_SCREEN_PAN||(this._state&Y.TOUCH_DOLLY_SCREEN_PAN)===Y.TOUCH_DOLLY_SCREEN_PAN||(this._state&Y.TOUCH_ZOOM_SCREEN_PAN)===Y.TOUCH_ZOOM_SCREEN_PAN)&&(this._truckInternal(t,n,!1,!0),this._isUserControllingTruck=!0),((this._state&Y.OFFSET)===Y.OFFSET||(this._state&Y.TOUCH_OFFSET)===Y.TOUCH_OFFSET||(this._state&Y.TOUCH_DOLLY_OFFSET)===Y.TOUCH_DOLLY_OFFSET||(this._state&Y.TOUCH_ZOOM_OFFSET)===Y.TOUCH_ZOOM_OFFSET)&&(this._truckInternal(t,n,!0,!1),this._isUserControllingOffset=!0),this.dispatchEvent({type:`control`})},m=()=>{Tf(this._activePointers,Pf),i.copy(Pf),this._dragNeedsUpdate=!1,(this._activePointers.length===0||this._activePointers.length===1&&this._activePointers[0]===this._lockedPointer)&&(this._isDragging=!1),this._activePointers.length===0&&this._domElement&&(this._domElement.ownerDocument.removeEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.removeEventListener(`pointerup`,c),this.dispatchEvent({type:`controlend`}))};this.lockPointer=()=>{this._enabled&&this._domElement&&(this.cancel(),this._lockedPointer={pointerId:-1,clientX:0,clientY:0,deltaX:0,deltaY:0,mouseButton:null},this._activePointers.push(this._lockedPointer),this._domElement.ownerDocument.removeEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.removeEventListener(`pointerup`,c),this._domElement.requestPointerLock(),this._domElement.ownerDocument.addEventListener(`pointerlockchange`,h),this._domElement.ownerDocument.addEventListener(`pointerlockerror`,g),this._domElement.ownerDocument.addEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.addEventListener(`pointerup`,c),f())},this.unlockPointer=()=>{this._lockedPointer!==null&&(this._disposePointer(this._lockedPointer),this._lockedPointer=null),this._domElement?.ownerDocument.exitPointerLock(),this._domElement?.ownerDocument.removeEventListener(`pointerlockchange`,h),this._domElement?.ownerDocument.removeEventListener(`pointerlockerror`,g),this.cancel()};let h=()=>{this._domElement&&this._domElement.ownerDocument.pointerLockElement===this._domElement||this.unlockPointer()},g=()=>{this.unlockPointer()};this._addAllEventListeners=e=>{this._domElement=e,this._domElement.style.touchAction=`none`,this._domElement.style.userSelect=`none`,this._domElement.style.webkitUserSelect=`none`,this._domElement.addEventListener(`pointerdown`,o),this._domElement.addEventListener(`pointercancel`,c),this._domElement.addEventListener(`wheel`,u,{passive:!1}),this._domElement.addEventListener(`contextmenu`,d)},this._removeAllEventListeners=()=>{this._domElement&&(this._domElement.style.touchAction=``,this._domElement.style.userSelect=``,this._domElement.style.webkitUserSelect=``,this._domElement.removeEventListener(`pointerdown`,o),this._domElement.removeEventListener(`pointercancel`,c),this._domElement.removeEventListener(`wheel`,u,{passive:!1}),this._domElement.removeEventListener(`contextmenu`,d),this._domElement.ownerDocument.removeEventListener(`pointermove`,s,{passive:!1}),this._domElement.ownerDocument.removeEventListener(`pointerup`,c),this._domElement.ownerDocument.removeEventListener(`pointerlockchange`,h),this._domElement.ownerDocument.removeEventListener(`pointerlockerror`,g))},this.cancel=()=>{this._state!==Y.NONE&&(this._state=Y.NONE,this._activePointers.length=0,m())},n&&this.connect(n),this.update(0)}get camera(){return this._camera}set camera(e){this._camera=e,this.updateCameraUp(),this._camera.updateProjectionMatrix(),this._updateNearPlaneCorners(),this._needsUpdate=!0}get enabled(){return this._enabled}set enabled(e){this._enabled=e,this._domElement&&(e?(this._domElement.style.touchAction=`none`,this._domElement.style.userSelect=`none`,this._domElement.style.webkitUserSelect=`none`):(this.cancel(),this._domElement.style.touchAction=``,this._domElement.style.userSelect=``,this._domElement.style.webkitUserSelect=``))}get active(){return!this._hasRested}get currentAction(){return this._state}get distance(){return this._spherical.radius}set distance(e){(this._spherical.radius!==e||this._sphericalEnd.radius!==e)&&(this._spherical.radius=e,this._sphericalEnd.radius=e,this._needsUpdate=!0)}get azimuthAngle(){return this._spherical.theta}set azimuthAngle(e){(this._spherical.theta!==e||this._sphericalEnd.theta!==e)&&(this._spherical.theta=e,this._sphericalEnd.theta=e,this._needsUpdate=!0)}get polarAngle(){return this._spherical.phi}set polarAngle(e){(this._spherical.phi!==e||this._sphericalEnd.phi!==e)&&(this._spherical.phi=e,this._sphericalEnd.phi=e,this._needsUpdate=!0)}get boundaryEnclosesCamera(){return this._boundaryEnclosesCamera}set boundaryEnclosesCamera(e){this._boundaryEnclosesCamera=e,this._needsUpdate=!0}set interactiveArea(e){this._interactiveArea.width=vf(e.width,0,1),this._interactiveArea.height=vf(e.height,0,1),this._interactiveArea.x=vf(e.x,0,1-this._interactiveArea.width),this._interactiveArea.y=vf(e.y,0,1-this._interactiveArea.height)}addEventListener(e,t){super.addEventListener(e,t)}removeEventListener(e,t){super.removeEventListener(e,t)}rotate(e,t,n=!1){return this.rotateTo(this._sphericalEnd.theta+e,this._sphericalEnd.phi+t,n)}rotateAzimuthTo(e,t=!1){return this.rotateTo(e,this._sphericalEnd.phi,t)}rotatePolarTo(e,t=!1){return this.rotateTo(this._sphericalEnd.theta,e,t)}rotateTo(e,t,n=!1){this._isUserControllingRotate=!1;let r=vf(e,this.minAzimuthAngle,this.maxAzimuthAngle),i=vf(t,this.minPolarAngle,this.maxPolarAngle);this._sphericalEnd.theta=r,this._sphericalEnd.phi=i,this._sphericalEnd.makeSafe(),this._needsUpdate=!0,n||(this._spherical.theta=this._sphericalEnd.theta,this._spherical.phi=this._sphericalEnd.phi);let a=!n||X(this._spherical.theta,this._sphericalEnd.theta,this.restThreshold)&&X(this._spherical.phi,this._sphericalEnd.phi,this.restThreshold);return this._createOnRestPromise(a)}dolly(e,t=!1){return this.dollyTo(this._sphericalEnd.radius-e,t)}dollyTo(e,t=!1){return this._isUserControllingDolly=!1,this._lastDollyDirection=df.NONE,this._changedDolly=0,this._dollyToNoClamp(vf(e,this.minDistance,this.maxDistance),t)}_dollyToNoClamp(e,t=!1){let n=this._sphericalEnd.radius;if(this.colliderMeshes.length>=1){let t=this._collisionTest(),r=X(t,this._spherical.radius);if(!(n>e)&&r)return Promise.resolve();this._sphericalEnd.radius=Math.min(e,t)}else this._sphericalEnd.radius=e;this._needsUpdate=!0,t||(this._spherical.radius=this._sphericalEnd.radius);let r=!t||X(this._spherical.radius,this._sphericalEnd.radius,this.restThreshold);return this._createOnRestPromise(r)}dollyInFixed(e,t=!1){this._targetEnd.add(this._getCameraDirection(If).multiplyScalar(e)),t||this._target.copy(this._targetEnd);let n=!t||X(this._target.x,this._targetEnd.x,this.restThreshold)&&X(this._target.y,this._targetEnd.y,this.restThreshold)&&X(this._target.z,this._targetEnd.z,this.restThreshold);return this._createOnRestPromise(n)}zoom(e,t=!1){return this.zoomTo(this._zoomEnd+e,t)}zoomTo(e,t=!1){this._isUserControllingZoom=!1,this._zoomEnd=vf(e,this.minZoom,this.maxZoom),this._needsUpdate=!0,t||(this._zoom=this._zoomEnd);let n=!t||X(this._zoom,this._zoomEnd,this.restThreshold);return this._changedZoom=0,this._createOnRestPromise(n)}pan(e,t,n=!1){return console.warn("`pan` has been renamed to `truck`"),this.truck(e,t,n)}truck(e,t,n=!1){this._camera.updateMatrix(),Lf.setFromMatrixColumn(this._camera.matrix,0),Rf.setFromMatrixColumn(this._camera.matrix,1),Lf.multiplyScalar(e),Rf.multiplyScalar(-t);let r=Q.copy(Lf).add(Rf),i=$.copy(this._targetEnd).add(r);return this.moveTo(i.x,i.y,i.z,n)}forward(e,t=!1){Q.setFromMatrixColumn(this._camera.matrix,0),Q.crossVectors(this._camera.up,Q),Q.multiplyScalar(e);let n=$.copy(this._targetEnd).add(Q);return this.moveTo(n.x,n.y,n.z,t)}elevate(e,t=!1){return Q.copy(this._camera.up).multiplyScalar(e),this.moveTo(this._targetEnd.x+Q.x,this._targetEnd.y+Q.y,this._targetEnd.z+Q.z,t)}moveTo(e,t,n,r=!1){this._isUserControllingTruck=!1;let i=Q.set(e,t,n).sub(this._targetEnd);this._encloseToBoundary(this._targetEnd,i,this.boundaryFriction),this._needsUpdate=!0,r||this._target.copy(this._targetEnd);let a=!r||X(this._target.x,this._targetEnd.x,this.restThreshold)&&X(this._target.y,this._targetEnd.y,this.restThreshold)&&X(this._target.z,this._targetEnd.z,this.restThreshold);return this._createOnRestPromise(a)}lookInDirectionOf(e,t,n,r=!1){let i=Q.set(e,t,n).sub(this._targetEnd).normalize().multiplyScalar(-this._sphericalEnd.radius).add(this._targetEnd);return this.setPosition(i.x,i.y,i.z,r)}fitToBox(e,t,{cover:n=!1,paddingLeft:r=0,paddingRight:i=0,paddingBottom:a=0,paddingTop:o=0}={}){let s=[],c=e.isBox3?Wf.copy(e):Wf.setFromObject(e);c.isEmpty()&&(console.warn(`camera-controls: fitTo() cannot be used with an empty box. Aborting`),Promise.resolve());let l=bf(this._sphericalEnd.theta,hf),u=bf(this._sphericalEnd.phi,hf);s.push(this.rotateTo(l,u,t));let d=Q.setFromSpherical(this._sphericalEnd).normalize(),f=qf.setFromUnitVectors(d,Nf),p=X(Math.abs(d.y),1);p&&f.multiply(Jf.setFromAxisAngle(Mf,l)),f.multiply(this._yAxisUpSpaceInverse);let m=Gf.makeEmpty();$.copy(c.min).applyQuaternion(f),m.expandByPoint($),$.copy(c.min).setX(c.max.x).applyQuaternion(f),m.expandByPoint($),$.copy(c.min).setY(c.max.y).applyQuaternion(f),m.expandByPoint($),$.copy(c.max).setZ(c.min.z).applyQuaternion(f),m.expandByPoint($),$.copy(c.min).setZ(c.max.z).applyQuaternion(f),m.expandByPoint($),$.copy(c.max).setY(c.min.y).applyQuaternion(f),m.expandByPoint($),$.copy(c.max).setX(c.min.x).applyQuaternion(f),m.expandByPoint($),$.copy(c.max).applyQuaternion(f),m.expandByPoint($),m.min.x-=r,m.min.y-=a,m.max.x+=i,m.max.y+=o,f.setFromUnitVectors(Nf,d),p&&f.premultiply(Jf.invert()),f.premultiply(this._yAxisUpSpace);let h=m.getSize(Q),g=m.getCenter($).applyQuaternion(f);if(ff(this._camera)){let e=this.getDistanceToFitBox(h.x,h.y,h.z,n);s.push(this.moveTo(g.x,g.y,g.z,t)),s.push(this.dollyTo(e,t)),s.push(this.setFocalOffset(0,0,0,t))}else if(pf(this._camera)){let e=this._camera,r=e.right-e.left,i=e.top-e.bottom,a=n?Math.max(r/h.x,i/h.y):Math.min(r/h.x,i/h.y);s.push(this.moveTo(g.x,g.y,g.z,t)),s.push(this.zoomTo(a,t)),s.push(this.setFocalOffset(0,0,0,t))}return Promise.all(s)}fitToSphere(t,n){let r=[],i=`isObject3D`in t?e.createBoundingSphere(t,Kf):Kf.copy(t);if(r.push(this.moveTo(i.center.x,i.center.y,i.center.z,n)),ff(this._camera)){let e=this.getDistanceToFitSphere(i.radius);r.push(this.dollyTo(e,n))}else if(pf(this._camera)){let e=this._camera.right-this._camera.left,t=this._camera.top-this._camera.bottom,a=2*i.radius,o=Math.min(e/a,t/a);r.push(this.zoomTo(o,n))}return r.push(this.setFocalOffset(0,0,0,n)),Promise.all(r)}setLookAt(e,t,n,r,i,a,o=!1){this._isUserControllingRotate=!1,this._isUserControllingDolly=!1,this._isUserControllingTruck=!1,this._lastDollyDirection=df.NONE,this._changedDolly=0;let s=$.set(r,i,a),c=Q.set(e,t,n);this._targetEnd.copy(s),this._sphericalEnd.setFromVector3(c.sub(s).applyQuaternion(this._yAxisUpSpace)),this._needsUpdate=!0,o||(this._target.copy(this._targetEnd),this._spherical.copy(this._sphericalEnd));let l=!o||X(this._target.x,this._targetEnd.x,this.restThreshold)&&X(this._target.y,this._targetEnd.y,this.restThreshold)&&X(this._target.z,this._targetEnd.z,this.restThreshold)&&X(this._spherical.theta,this._sphericalEnd.theta,this.restThreshold)&&X(this._spherical.phi,this._sphericalEnd.phi,this.restThreshold)&&X(this._spherical.radius,this._sphericalEnd.radius,this.restThreshold);return this._createOnRestPromise(l)}lerp(e,t,n,r=!1){this._isUserControllingRotate=!1,this._isUserControllingDolly=!1,this._isUserControllingTruck=!1,this._lastDollyDirection=df.NONE,this._changedDolly=0;let i=Q.set(...e.target);if(`spherical`in e)Hf.set(...e.spherical);else{let t=$.set(...e.position);Hf.setFromVector3(t.sub(i).applyQuaternion(this._yAxisUpSpace))}let a=Ff.set(...t.target);if(`spherical`in t)Uf.set(...t.spherical);else{let e=$.set(...t.position);Uf.setFromVector3(e.sub(a).applyQuaternion(this._yAxisUpSpace))}this._targetEnd.copy(i.lerp(a,n));let o=Uf.theta-Hf.theta,s=Uf.phi-Hf.phi,c=Uf.radius-Hf.radius;this._sphericalEnd.set(Hf.radius+c*n,Hf.phi+s*n,Hf.theta+o*n),this._needsUpdate=!0,r||(this._target.copy(this._targetEnd),this._spherical.copy(this._sphericalEnd));let l=!r||X(this._target.x,this._targetEnd.x,this.restThreshold)&&X(this._target.y,this._targetEnd.y,this.restThreshold)&&X(this._target.z,this._targetEnd.z,this.restThreshold)&&X(this._spherical.theta,this._sphericalEnd.theta,this.restThreshold)&&X(this._spherical.phi,this._sphericalEnd.phi,this.restThreshold)&&X(this._spherical.radius,this._sphericalEnd.radius,this.restThreshold);return this._createOnRestPromise(l)}lerpLookAt(e,t,n,r,i,a,o,s,c,l,u,d,f,p=!1){return this.lerp({position:[e,t,n],target:[r,i,a]},{position:[o,s,c],target:[l,u,d]},f,p)}setPosition(e,t,n,r=!1){return this.setLookAt(e,t,n,this._targetEnd.x,this._targetEnd.y,this._targetEnd.z,r)}setTarget(e,t,n,r=!1){let i=this.getPosition(Q),a=this.setLookAt(i.x,i.y,i.z,e,t,n,r);return this._sphericalEnd.phi=vf(this._sphericalEnd.phi,this.minPolarAngle,this.maxPolarAngle),a}setFocalOffset(e,t,n,r=!1){this._isUserControllingOffset=!1,this._focalOffsetEnd.set(e,t,n),this._needsUpdate=!0,r||this._focalOffset.copy(this._focalOffsetEnd);let i=!r||X(this._focalOffset.x,this._focalOffsetEnd.x,this.restThreshold)&&X(this._focalOffset.y,this._focalOffsetEnd.y,this.restThreshold)&&X(this._focalOffset.z,this._focalOffsetEnd.z,this.restThreshold);return this._createOnRestPromise(i)}setOrbitPoint(e,t,n){this._camera.updateMatrixWorld(),Lf.setFromMatrixColumn(this._camera.matrixWorldInverse,0),Rf.setFromMatrixColumn(this._camera.matrixWorldInverse,1),zf.setFromMatrixColumn(this._camera.matrixWorldInverse,2);let r=Q.set(e,t,n),i=r.distanceTo(this._camera.position),a=r.sub(this._camera.position);Lf.multiplyScalar(a.x),Rf.multiplyScalar(a.y),zf.multiplyScalar(a.z),Q.copy(Lf).add(Rf).add(zf),Q.z+=i,this.dollyTo(i,!1),this.setFocalOffset(-Q.x,Q.y,-Q.z,!1),this.moveTo(e,t,n,!1)}setBoundary(e){e?(this._boundary.copy(e),this._boundary.clampPoint(this._targetEnd,this._targetEnd),this._needsUpdate=!0):(this._boundary.min.set(-1/0,-1/0,-1/0),this._boundary.max.set(1/0,1/0,1/0),this._needsUpdate=!0)}setViewport(e,t,n,r){e===null?this._viewport=null:(this._viewport=this._viewport||new Z.Vector4,typeof e==`number`?this._viewport.set(e,t,n,r):this._viewport.copy(e))}getDistanceToFitBox(e,t,n,r=!1){if(Ef(this._camera,`getDistanceToFitBox`))return this._spherical.radius;let i=e/t,a=this._camera.getEffectiveFOV()*_f,o=this._camera.aspect;return((r?i>o:i<o)?t:e/o)*.5/Math.tan(a*.5)+n*.5}getDistanceToFitSphere(e){if(Ef(this._camera,`getDistanceToFitSphere`))return this._spherical.radius;let t=this._camera.getEffectiveFOV()*_f,n=Math.atan(Math.tan(t*.5)*this._camera.aspect)*2,r=1<this._camera.aspect?t:n;return e/Math.sin(r*.5)}getTarget(e,t=!0){return(e&&e.isVector3?e:new Z.Vector3).copy(t?this._targetEnd:this._target)}getPosition(e,t=!0){return(e&&e.isVector3?e:new Z.Vector3).setFromSpherical(t?this._sphericalEnd:this._spherical).applyQuaternion(this._yAxisUpSpaceInverse).add(t?this._targetEnd:this._target)}getSpherical(e,t=!0){return(e||new Z.Spherical).copy(t?this._sphericalEnd:this._spherical)}getFocalOffset(e,t=!0){return(e&&e.isVector3?e:new Z.Vector3).copy(t?this._focalOffsetEnd:this._focalOffset)}normalizeRotations(){return this._sphericalEnd.theta=(this._sphericalEnd.theta%mf+mf)%mf,this._sphericalEnd.theta>Math.PI&&(this._sphericalEnd.theta-=mf),this._spherical.theta+=mf*Math.round((this._sphericalEnd.theta-this._spherical.theta)/mf),this}stop(){this._focalOffset.copy(this._focalOffsetEnd),this._target.copy(this._targetEnd),this._spherical.copy(this._sphericalEnd),this._zoom=this._zoomEnd}reset(e=!1){if(!X(this._camera.up.x,this._cameraUp0.x)||!X(this._camera.up.y,this._cameraUp0.y)||!X(this._camera.up.z,this._cameraUp0.z)){this._camera.up.copy(this._cameraUp0);let e=this.getPosition(Q);this.updateCameraUp(),this.setPosition(e.x,e.y,e.z)}let t=[this.setLookAt(this._position0.x,this._position0.y,this._position0.z,this._target0.x,this._target0.y,this._target0.z,e),this.setFocalOffset(this._focalOffset0.x,this._focalOffset0.y,this._focalOffset0.z,e),this.zoomTo(this._zoom0,e)];return Promise.all(t)}saveState(){this._cameraUp0.copy(this._camera.up),this.getTarget(this._target0),this.getPosition(this._position0),this._zoom0=this._zoom,this._focalOffset0.copy(this._focalOffset)}updateCameraUp(){this._yAxisUpSpace.setFromUnitVectors(this._camera.up,Mf),this._yAxisUpSpaceInverse.copy(this._yAxisUpSpace).invert()}applyCameraUp(){let e=Q.subVectors(this._target,this._camera.position).normalize(),t=$.crossVectors(e,this._camera.up);this._camera.up.crossVectors(t,e).normalize(),this._camera.updateMatrixWorld();let n=this.getPosition(Q);this.updateCameraUp(),this.setPosition(n.x,n.y,n.z)}update(e){let t=this._sphericalEnd.theta-this._spherical.theta,n=this._sphericalEnd.phi-this._spherical.phi,r=this._sphericalEnd.radius-this._spherical.radius,i=Bf.subVectors(this._targetEnd,this._target),a=Vf.subVectors(this._focalOffsetEnd,this._focalOffset),o=this._zoomEnd-this._zoom;if(yf(t))this._thetaVelocity.value=0,this._spherical.theta=this._sphericalEnd.theta;else{let t=this._isUserControllingRotate?this.draggingSmoothTime:this.smoothTime;this._spherical.theta=Cf(this._spherical.theta,this._sphericalEnd.theta,this._thetaVelocity,t,1/0,e),this._needsUpdate=!0}if(yf(n))this._phiVelocity.value=0,this._spherical.phi=this._sphericalEnd.phi;else{let t=this._isUserControllingRotate?this.draggingSmoothTime:this.smoothTime;this._spherical.phi=Cf(this._spherical.phi,this._sphericalEnd.phi,this._phiVelocity,t,1/0,e),this._needsUpdate=!0}if(yf(r))this._radiusVelocity.value=0,this._spherical.radius=this._sphericalEnd.radius;else{let t=this._isUserControllingDolly?this.draggingSmoothTime:this.smoothTime;this._spherical.radius=Cf(this._spherical.radius,this._sphericalEnd.radius,this._radiusVelocity,t,this.maxSpeed,e),this._needsUpdate=!0}if(yf(i.x)&&yf(i.y)&&yf(i.z))this._targetVelocity.set(0,0,0),this._target.copy(this._targetEnd);else{let t=this._isUserControllingTruck?this.draggingSmoothTime:this.smoothTime;wf(this._target,this._targetEnd,this._targetVelocity,t,this.maxSpeed,e,this._target),this._needsUpdate=!0}if(yf(a.x)&&yf(a.y)&&yf(a.z))this._focalOffsetVelocity.set(0,0,0),this._focalOffset.copy(this._focalOffsetEnd);else{let t=this._isUserControllingOffset?this.draggingSmoothTime:this.smoothTime;wf(this._focalOffset,this._focalOffsetEnd,this._focalOffsetVelocity,t,this.maxSpeed,e,this._focalOffset),this._needsUpdate=!0}if(yf(o))this._zoomVelocity.value=0,this._zoom=this._zoomEnd;else{let t=this._isUserControllingZoom?this.draggingSmoothTime:this.smoothTime;this._zoom=Cf(this._zoom,this._zoomEnd,this._zoomVelocity,t,1/0,e)}if(this.dollyToCursor){if(ff(this._camera)&&this._changedDolly!==0){let e=this._spherical.radius-this._lastDistance,t=this._camera,n=this._getCameraDirection(If),r=Q.copy(n).cross(t.up).normalize();r.lengthSq()===0&&(r.x=1);let i=$.crossVectors(r,n),a=this._sphericalEnd.radius*Math.tan(t.getEffectiveFOV()*_f*.5),o=(this._sphericalEnd.radius-e-this._sphericalEnd.radius)/this._sphericalEnd.radius,s=Ff.copy(this._targetEnd).add(r.multiplyScalar(this._dollyControlCoord.x*a*t.aspect)).add(i.multiplyScalar(this._dollyControlCoord.y*a)),c=Q.copy(this._targetEnd).lerp(s,o),l=this._lastDollyDirection===df.IN&&this._spherical.radius<=this.minDistance,u=this._lastDollyDirection===df.OUT&&this.maxDistance<=this._spherical.radius;if(this.infinityDolly&&(l||u)){this._sphericalEnd.radius-=e,this._spherical.radius-=e;let t=$.copy(n).multiplyScalar(-e);c.add(t)}this._boundary.clampPoint(c,c);let d=$.subVectors(c,this._targetEnd);this._targetEnd.copy(c),this._target.add(d),this._changedDolly-=e,yf(this._changedDolly)&&(this._changedDolly=0)}else if(pf(this._camera)&&this._changedZoom!==0){let e=this._zoom-this._lastZoom,t=this._camera,n=Q.set(this._dollyControlCoord.x,this._dollyControlCoord.y,(t.near+t.far)/(t.near-t.far)).unproject(t),r=$.set(0,0,-1).applyQuaternion(t.quaternion),i=Ff.copy(n).add(r.multiplyScalar(-n.dot(t.up))),a=-(this._zoom-e-this._zoom)/this._zoom,o=this._getCameraDirection(If),s=this._targetEnd.dot(o),c=Q.copy(this._targetEnd).lerp(i,a),l=c.dot(o),u=o.multiplyScalar(l-s);c.sub(u),this._boundary.clampPoint(c,c);let d=$.subVectors(c,this._targetEnd);this._targetEnd.copy(c),this._target.add(d),this._changedZoom-=e,yf(this._changedZoom)&&(this._changedZoom=0)}}this._camera.zoom!==this._zoom&&(this._camera.zoom=this._zoom,this._camera.updateProjectionMatrix(),this._updateNearPlaneCorners(),this._needsUpdate=!0),this._dragNeedsUpdate=!0;let s=this._collisionTest();this._spherical.radius=Math.min(this._spherical.radius,s),this._spherical.makeSafe(),this._camera.position.setFromSpherical(this._spherical).applyQuaternion(this._yAxisUpSpaceInverse).add(this._target),this._camera.lookAt(this._target),yf(this._focalOffset.x)&&yf(this._focalOffset.y)&&yf(this._focalOffset.z)||(this._camera.matrix.compose(this._camera.position,this._camera.quaternion,this._camera.scale),Lf.setFromMatrixColumn(this._camera.matrix,0),Rf.setFromMatrixColumn(this._camera.matrix,1),zf.setFromMatrixColumn(this._camera.matrix,2),Lf.multiplyScalar(this._focalOffset.x),Rf.multiplyScalar(-this._focalOffset.y),zf.multiplyScalar(this._focalOffset.z),Q.copy(Lf).add(Rf).add(zf),this._camera.position.add(Q),this._camera.updateMatrixWorld()),this._boundaryEnclosesCamera&&this._encloseToBoundary(this._camera.position.copy(this._target),Q.setFromSpherical(this._spherical).applyQuaternion(this._yAxisUpSpaceInverse),1);let c=this._needsUpdate;return c&&!this._updatedLastTime?(this._hasRested=!1,this.dispatchEvent({type:`wake`}),this.dispatchEvent({type:`update`})):c?(this.dispatchEvent({type:`update`}),yf(t,this.restThreshold)&&yf(n,this.restThreshold)&&yf(r,this.restThreshold)&&yf(i.x,this.restThreshold)&&yf(i.y,this.restThreshold)&&yf(i.z,this.restThreshold)&&yf(a.x,this.restThreshold)&&yf(a.y,this.restThreshold)&&yf(a.z,this.restThreshold)&&yf(o,this.restThreshold)&&!this._hasRested&&(this._hasRested=!0,this.dispatchEvent({type:`rest`}))):!c&&this._updatedLastTime&&this.dispatchEvent({type:`sleep`}),this._lastDistance=this._spherical.radius,this._lastZoom=this._zoom,this._updatedLastTime=c,this._needsUpdate=!1,c}toJSON(){return JSON.stringify({enabled:this._enabled,minDistance:this.minDistance,maxDistance:xf(this.maxDistance),minZoom:this.minZoom,maxZoom:xf(this.maxZoom),minPolarAngle:this.minPolarAngle,maxPolarAngle:xf(this.maxPolarAngle),minAzimuthAngle:xf(this.minAzimuthAngle),maxAzimuthAngle:xf(this.maxAzimuthAngle),smoothTime:this.smoothTime,draggingSmoothTime:this.draggingSmoothTime,dollySpeed:this.dollySpeed,truckSpeed:this.truckSpeed,dollyToCursor:this.dollyToCursor,target:this._targetEnd.toArray(),position:Q.setFromSpherical(this._sphericalEnd).add(this._targetEnd).toArray(),zoom:this._zoomEnd,focalOffset:this._focalOffsetEnd.toArray(),target0:this._target0.toArray(),position0:this._position0.toArray(),zoom0:this._zoom0,focalOffset0:this._focalOffset0.toArray()})}fromJSON(e,t=!1){let n=JSON.parse(e);this.enabled=n.enabled,this.minDistance=n.minDistance,this.maxDistance=Sf(n.maxDistance),this.minZoom=n.minZoom,this.maxZoom=Sf(n.maxZoom),this.minPolarAngle=n.minPolarAngle,this.maxPolarAngle=Sf(n.maxPolarAngle),this.minAzimuthAngle=Sf(n.minAzimuthAngle),this.maxAzimuthAngle=Sf(n.maxAzimuthAngle),this.smoothTime=n.smoothTime,this.draggingSmoothTime=n.draggingSmoothTime,this.dollySpeed=n.dollySpeed,this.truckSpeed=n.truckSpeed,this.dollyToCursor=n.dollyToCursor,this._target0.fromArray(n.target0),this._position0.fromArray(n.position0),this._zoom0=n.zoom0,this._focalOffset0.fromArray(n.focalOffset0),this.moveTo(n.target[0],n.target[1],n.target[2],t),Hf.setFromVector3(Q.fromArray(n.position).sub(this._targetEnd).applyQuaternion(this._yAxisUpSpace)),this.rotateTo(Hf.theta,Hf.phi,t),this.dollyTo(Hf.radius,t),this.zoomTo(n.zoom,t),this.setFocalOffset(n.focalOffset[0],n.focalOffset[1],n.focalOffset[2],t),this._needsUpdate=!0}connect(e){this._domElement?console.warn(`camera-controls is already connected.`):(e.setAttribute(`data-camera-controls-version`,Of),this._addAllEventListeners(e),this._getClientRect(this._elementRect))}disconnect(){this.cancel(),this._removeAllEventListeners(),this._domElement&&=(this._domElement.removeAttribute(`data-camera-controls-version`),void 0)}dispose(){this.removeAllEventListeners(),this.disconnect()}_getTargetDirection(e){return e.setFromSpherical(this._spherical).divideScalar(this._spherical.radius).applyQuaternion(this._yAxisUpSpaceInverse)}_getCameraDirection(e){return this._getTargetDirection(e).negate()}_findPointerById(e){return this._activePointers.find(t=>t.pointerId===e)}_findPointerByMouseButton(e){return this._activePointers.find(t=>t.mouseButton===e)}_disposePointer(e){this._activePointers.splice(this._activePointers.indexOf(e),1)}_encloseToBoundary(e,t,n){let r=t.lengthSq();if(r===0)return e;let i=$.copy(t).add(e),a=this._boundary.clampPoint(i,Ff).sub(i),o=a.lengthSq();if(o===0)return e.add(t);if(o===r)return e;if(n===0)return e.add(t).add(a);{let r=1+n*o/t.dot(a);return e.add($.copy(t).multiplyScalar(r)).add(a.multiplyScalar(1-n))}}_updateNearPlaneCorners(){if(ff(this._camera)){let e=this._camera,t=e.near,n=e.getEffectiveFOV()*_f,r=Math.tan(n*.5)*t,i=r*e.aspect;this._nearPlaneCorners[0].set(-i,-r,0),this._nearPlaneCorners[1].set(i,-r,0),this._nearPlaneCorners[2].set(i,r,0),this._nearPlaneCorners[3].set(-i,r,0)}else if(pf(this._camera)){let e=this._camera,t=1/e.zoom,n=e.left*t,r=e.right*t,i=e.top*t,a=e.bottom*t;this._nearPlaneCorners[0].set(n,i,0),this._nearPlaneCorners[1].set(r,i,0),this._nearPlaneCorners[2].set(r,a,0),this._nearPlaneCorners[3].set(n,a,0)}}_truckInternal=(e,t,n,r)=>{let i,a;if(ff(this._camera)){let n=Q.copy(this._camera.position).sub(this._target),r=this._camera.getEffectiveFOV()*_f,o=n.length()*Math.tan(r*.5);i=this.truckSpeed*e*o/this._elementRect.height,a=this.truckSpeed*t*o/this._elementRect.height}else if(pf(this._camera)){let n=this._camera;i=this.truckSpeed*e*(n.right-n.left)/n.zoom/this._elementRect.width,a=this.truckSpeed*t*(n.top-n.bottom)/n.zoom/this._elementRect.height}else return;r?(n?this.setFocalOffset(this._focalOffsetEnd.x+i,this._focalOffsetEnd.y,this._focalOffsetEnd.z,!0):this.truck(i,0,!0),this.forward(-a,!0)):n?this.setFocalOffset(this._focalOffsetEnd.x+i,this._focalOffsetEnd.y+a,this._focalOffsetEnd.z,!0):this.truck(i,a,!0)};_rotateInternal=(e,t)=>{let n=mf*this.azimuthRotateSpeed*e/this._elementRect.height,r=mf*this.polarRotateSpeed*t/this._elementRect.height;this.rotate(n,r,!0)};_dollyInternal=(e,t,n)=>{let r=.95**(-e*this.dollySpeed),i=this._sphericalEnd.radius,a=this._sphericalEnd.radius*r,o=vf(a,this.minDistance,this.maxDistance),s=o-a;this.infinityDolly&&this.dollyToCursor?this._dollyToNoClamp(a,!0):(this.infinityDolly&&!this.dollyToCursor&&this.dollyInFixed(s,!0),this._dollyToNoClamp(o,!0)),this.dollyToCursor&&(this._changedDolly+=(this.infinityDolly?a:o)-i,this._dollyControlCoord.set(t,n)),this._lastDollyDirection=Math.sign(-e)};_zoomInternal=(e,t,n)=>{let r=.95**(e*this.dollySpeed),i=this._zoom,a=this._zoom*r;this.zoomTo(a,!0),this.dollyToCursor&&(this._changedZoom+=a-i,this._dollyControlCoord.set(t,n))};_collisionTest(){let e=1/0;if(!(this.colliderMeshes.length>=1)||Ef(this._camera,`_collisionTest`))return e;let t=this._getTargetDirection(If);Yf.lookAt(jf,t,this._camera.up);for(let n=0;n<4;n++){let r=$.copy(this._nearPlaneCorners[n]);r.applyMatrix4(Yf);let i=Ff.addVectors(this._target,r);Xf.set(i,t),Xf.far=this._spherical.radius+1;let a=Xf.intersectObjects(this.colliderMeshes);a.length!==0&&a[0].distance<e&&(e=a[0].distance)}return e}_getClientRect(e){if(!this._domElement)return;let t=this._domElement.getBoundingClientRect();return e.x=t.left,e.y=t.top,this._viewport?(e.x+=this._viewport.x,e.y+=t.height-this._viewport.w-this._viewport.y,e.width=this._viewport.z,e.height=this._viewport.w):(e.width=t.width,e.height=t.height),e}_createOnRestPromise(e){return e?Promise.resolve():(this._hasRested=!1,this.dispatchEvent({type:`transitionstart`}),new Promise(e=>{let t=()=>{this.removeEventListener(`rest`,t),e()};this.addEventListener(`rest`,t)}))}_addAllEventListeners(e){}_removeAllEventListeners(){}get dampingFactor(){return console.warn(`.dampingFactor has been deprecated. use smoothTime (in seconds) instead.`),0}set dampingFactor(e){console.warn(`.dampingFactor has been deprecated. use smoothTime (in seconds) instead.`)}get draggingDampingFactor(){return console.warn(`.draggingDampingFactor has been deprecated. use draggingSmoothTime (in seconds) instead.`),0}set draggingDampingFactor(e){console.warn(`.draggingDampingFactor has been deprecated. use draggingSmoothTime (in seconds) instead.`)}static createBoundingSphere(e,t=new Z.Sphere){let n=t,r=n.center;Wf.makeEmpty(),e.traverseVisible(e=>{e.isMesh&&Wf.expandByObject(e)}),Wf.getCenter(r);let i=0;return e.traverseVisible(e=>{if(!e.isMesh)return;let t=e;if(!t.geometry)return;let n=t.geometry.clone();n.applyMatrix4(t.matrixWorld);let a=n.attributes.position;for(let e=0,t=a.count;e<t;e++)Q.fromBufferAttribute(a,e),i=Math.max(i,r.distanceToSquared(Q))}),n.radius=Math.sqrt(i),n}},Qf;function $f(){return Qf??=globalThis.matchMedia?.(`(prefers-reduced-motion: reduce)`),Qf?.matches===!0}var ep=e=>e.every(Number.isFinite);function tp(e){switch(e.type){case`SetCameraPositionMessage`:return np(`position`,e.position,e.initial);case`SetCameraLookAtMessage`:return np(`lookAt`,e.look_at,e.initial);case`SetCameraUpDirectionMessage`:return Math.hypot(...e.position)>0?np(`up`,e.position,e.initial):null;case`SetCameraFovMessage`:return e.fov<Math.PI?rp(`fov`,e.fov,e.initial):null;case`SetCameraNearMessage`:return rp(`near`,e.near,e.initial);case`SetCameraFarMessage`:return rp(`far`,e.far,e.initial);case`SetCameraMinOrbitDistanceMessage`:return ip(`minDistance`,e.min_orbit_distance);case`SetCameraMaxOrbitDistanceMessage`:return ip(`maxDistance`,e.max_orbit_distance);default:return null}}function np(e,t,n){return ep(t)?{part:e,value:t,initial:n}:null}function rp(e,t,n){return t>0&&Number.isFinite(t)?{part:e,value:t,initial:n}:null}function ip(e,t){return t>0?{part:e,value:t}:null}var ap=[-3,3,-3],op={fov:75*Math.PI/180,near:.01,far:1e3},sp=class{changed=!0;fromServer={};fromUrl={};constructor(e){let{position:t,lookAt:n,up:r,fov:i,near:a,far:o}=e;t&&(this.fromUrl.position=[...t]),n&&(this.fromUrl.lookAt=[...n]),r&&(this.fromUrl.up=[...r]),i!==null&&(this.fromUrl.fov=i),a!==null&&(this.fromUrl.near=a),o!==null&&(this.fromUrl.far=o)}replayStart(){this.fromServer={},this.changed=!0}set(e,t){Object.assign(this.fromServer,{[e]:t}),this.changed=!0}pose(){return{...this.fromServer,...this.fromUrl}}lens(){return{...op,...this.fromServer,...this.fromUrl}}};Zf.install({THREE:{Vector2:tt,Vector3:B,Vector4:Ue,Quaternion:Te,Matrix4:P,Spherical:ue,Box3:Ie,Sphere:De,Raycaster:ee}});var cp=.12,lp=.05,up=.01,dp=1e4,fp=class{world;changed;camera=new A;controls;initial;starting=!0;requested={};distancesReceived={minDistance:!0,maxDistance:!0};pose=new q;v=new B;constructor(e,t,n,r){this.world=n,this.changed=r,this.initial=new sp(t.initialCamera),this.camera.position.set(...ap),this.controls=new Zf(this.camera,e),this.controls.restThreshold=.001,this.controls.minDistance=up,this.controls.maxDistance=dp;for(let e of[`control`,`controlstart`,`controlend`,`transitionstart`])this.controls.addEventListener(e,r);this.goToInitial(!1)}apply(e){let t=tp(e);switch(t?.part){case`position`:case`lookAt`:case`up`:t.initial?this.initial.set(t.part,t.value):this.requested[t.part]=t.value;break;case`fov`:case`near`:case`far`:t.initial?this.initial.set(t.part,t.value):this.setLens({[t.part]:t.value});break;case`minDistance`:case`maxDistance`:this.controls[t.part]=t.value,this.distancesReceived[t.part]=!0}}commit(e){this.starting&&(this.initial.changed||e)&&this.goToInitial(!1),this.initial.changed=!1;let{position:t,lookAt:n,up:r}=this.requested;(t||n||r)&&(this.starting=!1,this.requested={},r&&this.setUp(this.world.directionToThree(r)),this.lookFromTo(t?this.world.pointToThree(t):this.position(),n?this.world.pointToThree(n):this.target(),!1))}replayStart(){this.initial.replayStart(),this.distancesReceived={minDistance:!1,maxDistance:!1}}replayDone(){this.commit(!0),this.starting=!1,this.distancesReceived.minDistance||(this.controls.minDistance=up),this.distancesReceived.maxDistance||(this.controls.maxDistance=dp)}taken(){this.starting=!1}reset(){this.goToInitial(!0)}update(e){let t=$f();this.controls.smoothTime=t?0:cp,this.controls.draggingSmoothTime=t?0:lp;let n=this.controls.update(e);return n&&this.almostThere()&&(this.controls.stop(),this.controls.update(0),n=!1),this.camera.updateMatrixWorld(),n}shift(e){let t=this.target(!1),n=this.target(!0);this.controls.moveTo(t[0]-e[0],t[1]-e[1],t[2]-e[2],!1),t.some((e,t)=>e!==n[t])&&this.controls.moveTo(n[0]-e[0],n[1]-e[1],n[2]-e[2],!0),this.controls.update(0),this.camera.updateMatrixWorld()}setAspect(e){this.camera.aspect=e,this.camera.updateProjectionMatrix()}fly(e,t,n){let{elements:r}=this.camera.matrixWorld,i=this.target();for(let a=0;a<3;a++)i[a]+=r[a]*e+r[4+a]*t-r[8+a]*n;this.controls.moveTo(...i,!1)}look(e,t){let n=this.position(),r=this.camera.up,i=this.v.set(...this.target()).sub(new B(...n)),a=i.angleTo(r),o=new B().crossVectors(i,r);if(o.lengthSq()>0){let e=Math.min(Math.max(t,a-Math.PI+.01),a-.01);i.applyAxisAngle(o.normalize(),e)}i.applyAxisAngle(r,e),this.lookFromTo(n,[n[0]+i.x,n[1]+i.y,n[2]+i.z],!1)}lookFrom(e){let t=this.target(),n=this.distance;this.taken(),this.lookFromTo([t[0]+e[0]*n,t[1]+e[1]*n,t[2]+e[2]*n],t,!0)}lookAt(e){this.taken(),this.lookFromTo(this.position(),e,!0)}get distance(){return this.controls.distance}target(e=!0){let t=this.controls.getTarget(this.v,e);return[t.x,t.y,t.z]}message(e,t){let{camera:n,world:r}=this,{position:i,quaternion:a,up:o}=n;this.pose.setPosition(i.x,i.y,i.z),this.pose.setWxyz(a.w,a.x,a.y,a.z);let{wxyz:s,position:c}=r.cameraToWorld(this.pose);return{type:`ViewerCameraMessage`,wxyz:s,position:c,fov:n.fov*Math.PI/180,near:n.near,far:n.far,image_height:t,image_width:e,look_at:r.pointToWorld(this.target(!1)),up_direction:r.directionToWorld([o.x,o.y,o.z])}}dispose(){this.controls.dispose()}position(e=!0){let t=this.controls.getPosition(this.v,e);return[t.x,t.y,t.z]}almostThere(){let e=(e,t)=>Math.hypot(e[0]-t[0],e[1]-t[1],e[2]-t[2])<2e-4*this.distance;return e(this.position(),this.position(!1))&&e(this.target(),this.target(!1))}setLens({fov:e,near:t,far:n}){e!==void 0&&(this.camera.fov=e*180/Math.PI),t!==void 0&&(this.camera.near=t),n!==void 0&&(this.camera.far=n),this.camera.updateProjectionMatrix(),this.changed()}goToInitial(e){let{position:t,lookAt:n,up:r}=this.initial.pose();this.setLens(this.initial.lens()),this.setUp(r?this.world.directionToThree(r):[0,1,0]),this.lookFromTo(t?this.world.pointToThree(t):this.world.fixedToThree(ap),n?this.world.pointToThree(n):this.world.fixedToThree([0,0,0]),e)}setUp(e){if(this.v.set(...e).normalize(),this.v.distanceToSquared(this.camera.up)<1e-12)return;let t=this.position(),n=this.target();this.camera.up.set(...e).normalize(),this.controls.updateCameraUp(),this.lookFromTo(t,n,!1)}lookFromTo(e,t,n){let r=n&&!$f();Math.hypot(t[0]-e[0],t[1]-e[1],t[2]-e[2])>1e-9*(1+Math.hypot(...e))&&ep(e)&&ep(t)&&(this.controls.setLookAt(...e,...t,r),r&&this.controls.normalizeRotations(),this.changed())}},pp=.1,mp=class{draw;raf;cancel;handle=null;last=-1/0;stopped=!1;continuous=!1;drawing=!1;constructor(e,t=e=>requestAnimationFrame(e),n=e=>cancelAnimationFrame(e)){this.draw=e,this.raf=t,this.cancel=n}request(){this.drawing&&(this.continuous=!0),this.handle!==null||this.stopped||(this.handle=this.raf(e=>this.frame(e)))}frame(e){this.handle=null;let t=(e-this.last)/1e3,n=this.continuous?Math.min(Math.max(t,0),pp):1/60;this.last=e,this.continuous=!1,this.drawing=!0;try{this.draw(n)}finally{this.drawing=!1}}dispose(){this.stopped=!0,this.handle!==null&&this.cancel(this.handle),this.handle=null}},hp=class{ms;fn;timer=null;pending=!1;constructor(e,t){this.ms=e,this.fn=t}call(){this.timer===null?this.run():this.pending=!0}now(){this.stop(),this.run()}stop(){this.timer!==null&&clearTimeout(this.timer),this.timer=null,this.pending=!1}run(){this.pending=!1,this.timer=setTimeout(()=>{this.timer=null,this.pending&&this.run()},this.ms),this.fn()}},gp=20,_p=class{rig;canvas;s;out=new hp(gp,()=>this.send());oriented=!1;lastSent=``;constructor(e,t,n){this.rig=e,this.canvas=t,this.s=n}replayStart(){this.lastSent=``,this.oriented&&this.out.now()}replayDone(){this.oriented=!0,this.out.now()}rootTurned(){let e=!this.oriented;this.oriented=!0,e?this.out.now():this.out.call()}frameDrawn(){if(!this.oriented)return;let{position:e,quaternion:t,up:n,fov:r,near:i,far:a}=this.rig.camera,{width:o,height:s}=this.canvas,c=this.rig.target(!1),l=`${e.toArray()} ${t.toArray()} ${n.toArray()} ${c} ${r} ${i} ${a} ${o} ${s}`;l!==this.lastSent&&(this.lastSent=l,this.out.call())}dispose(){this.out.stop()}send(){this.s.resize(),this.rig.update(0);let e=this.rig.message(this.canvas.width,this.canvas.height);this.s.send(e),this.s.logCamera()&&console.log(Ot(e))}};function vp(){_.prototype.onBeforeShadow=(e,t,n,r,i,a)=>{a.alphaTest===0&&`map`in a&&(a.map=null)}}var yp=2,bp={light:`#ffffff`,dark:`#1a1d21`},xp=class{container;resized;element=document.createElement(`canvas`);renderer;disposables=new Dt;ratio=null;sizeChanged=!0;dark=!1;constructor(e,t){this.container=e,this.resized=t;let{element:n}=this;Object.assign(n.style,{position:`absolute`,inset:`0`,width:`100%`,height:`100%`,display:`block`,touchAction:`none`}),n.tabIndex=0,n.setAttribute(`aria-label`,`3D scene`),this.renderer=new Ui({canvas:n,...Sp(n)}),this.renderer.outputColorSpace=x,this.renderer.shadowMap.enabled=!0,this.renderer.shadowMap.type=1,this.renderer.shadowMap.autoUpdate=!1,this.setToneMapping(`linear`),vp(),e.append(n),this.watchSize()}get samples(){let e=this.renderer.getContext();return Math.min(e.getParameter(e.SAMPLES),this.renderer.capabilities.maxSamples)}setToneMapping(e){this.renderer.toneMapping=e===`filmic`?4:0}setDark(e){this.dark=e,this.paintBackground()}paintBackground(){let e=getComputedStyle(this.container).getPropertyValue(`--viser-page`).trim(),t=new z(bp[this.dark?`dark`:`light`]);/^#[0-9a-f]{6}$/i.test(e)&&t.setStyle(e),this.renderer.setClearColor(t,1)}setPixelRatio(e){this.ratio=e,this.changeSize()}applySize(){if(!this.sizeChanged)return null;this.sizeChanged=!1;let e=this.ratio??Math.min(window.devicePixelRatio||1,yp),t=Math.max(1,this.container.clientWidth),n=Math.max(1,this.container.clientHeight);return this.renderer.setPixelRatio(e),this.renderer.setSize(t,n,!1),{width:t,height:n,ratio:e}}save(){this.element.toBlob(e=>{if(!e)return;let t=document.createElement(`a`);t.href=URL.createObjectURL(e),t.download=`viser.png`,t.click(),setTimeout(()=>URL.revokeObjectURL(t.href),1e4)},`image/png`)}dispose(){this.disposables.dispose(),this.renderer.dispose(),this.renderer.forceContextLoss(),this.element.remove()}changeSize(){this.sizeChanged=!0,this.resized()}watchSize(){let e=new ResizeObserver(()=>this.changeSize());e.observe(this.container),this.disposables.add(()=>e.disconnect());let t=null,n=()=>{t?.removeEventListener(`change`,n),t=window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`),t.addEventListener(`change`,n),this.changeSize()};n(),this.disposables.add(()=>t?.removeEventListener(`change`,n))}};function Sp(e){let t=e.getContext(`webgl2`,{alpha:!1,antialias:!0,depth:!0,stencil:!1,powerPreference:`high-performance`});return t?{context:t}:{}}var Cp=5e3,wp=class{samples;target=null;timer;constructor(e){this.samples=e}take(e,t){clearTimeout(this.timer);let{target:n}=this;return n?.width===e&&n.height===t?n:(n?.dispose(),this.target=this.create(e,t),this.target)}release(){clearTimeout(this.timer),this.timer=setTimeout(()=>this.dispose(),Cp)}forget(){clearTimeout(this.timer),this.target=null}dispose(){this.target?.dispose(),this.forget()}create(e,t){let n=new Ct(e,t,{samples:this.samples,colorSpace:x,internalFormat:`RGBA8`,generateMipmaps:!1,resolveDepthBuffer:!1});return n.isXRRenderTarget=!0,n}};function Tp(e){if(e.background!==null)return!1;let t=!0;return e.traverseVisible(e=>{let{material:n}=e;n&&![n].flat().every(Ep)&&(t=!1)}),t}function Ep(e){return!e.transparent&&!e.alphaToCoverage&&e.blending===1&&!(`isShaderMaterial`in e)&&!(e.transmission>0)}function Dp(e,t){for(let n=0;n<e.length;n+=4){let r=e[n],i=e[n+1],a=e[n+2],o=(t[n]-r+t[n+1]-i+t[n+2]-a)/3;e[n+3]=Math.min(255,Math.max(0,Math.round(255-o)))}Op(e)}function Op(e){for(let t=0;t<e.length;t+=4){let n=e[t+3];n!==0&&n!==255&&(e[t]=Math.min(255,Math.round(e[t]*255/n)),e[t+1]=Math.min(255,Math.round(e[t+1]*255/n)),e[t+2]=Math.min(255,Math.round(e[t+2]*255/n)))}}var kp=2048,Ap=16384,jp=1e8,Mp=1e4,Np=6e4,Pp={color:null,alpha:1},Fp={color:new z(0),alpha:0},Ip={color:new z(0),alpha:1},Lp={color:new z(16777215),alpha:1},Rp=class{deps;queue=Promise.resolve();target;constructor(e){this.deps=e,this.target=new wp(e.samples)}contextRestored(){this.target.forget()}dispose(){this.target.dispose()}answer(e){let t=this.queue.then(async()=>{let t;try{t=await this.render(e)}catch(e){console.warn(`viser: could not draw a picture:`,e instanceof Error?e.message:e),t=new Uint8Array}return{type:`GetRenderResponseMessage`,payload:t,render_uuid:e.render_uuid}});return this.queue=t.then(()=>{}),t}async render(e){let{width:t,height:n,format:r}=e;if(this.deps.lost())throw Error(`the graphics driver has lost the 3D view`);if(!Bp(t)||!Bp(n)||t*n>jp)throw Error(`${t} x ${n} pixels: zero, or too many`);this.deps.world.flushNodes();let i=e.asset_wait_ms??Mp;i>0&&await Promise.race([this.deps.world.images.settled(),Vp(i)]);let a=await this.drawHeld(e);return r!==`image/png`&&Hp(a),Up(a,t,n,r,e.quality)}async drawHeld(e){let t=this.deps.hold(),{world:n}=this.deps,{viewport:r,pixelRatio:i}=n.frame,a={viewport:r.value.clone(),ratio:i.value},o=null,s=!1,c=()=>{s||(s=!0,r.value.copy(a.viewport),i.value=a.ratio,n.labels.setPixelRatio(a.ratio),t())};try{let t=this.cameraFor(e);return r.value.set(e.width,e.height),i.value=e.height/this.deps.cssHeight(),n.labels.setPixelRatio(i.value),n.flush(t),o=await zp(n.splats.orderFor(t)),await this.drawTiles(e,t,o,c)}finally{c(),o?.dispose()}}async drawTiles({width:e,height:t,format:n},r,i,a){let o=new Uint8ClampedArray(e*t*4),s=this.passes(n);for(let n=0;n<t;n+=kp)for(let c=0;c<e;c+=kp){let l=Math.min(kp,e-c),u=Math.min(kp,t-n);r.setViewOffset(e,t,c,n,l,u);let d=this.drawTile({camera:r,splats:i,w:l,h:u},s);c+l===e&&n+u===t&&a();let[f,p]=await zp(d);p?Dp(f,p):s[0]===Fp&&Op(f);for(let t=0;t<u;t++){let r=(u-1-t)*l*4;o.set(f.subarray(r,r+l*4),((n+t)*e+c)*4)}}return o}passes(e){return e===`image/png`?Tp(this.deps.world.scene)?[Fp]:[Ip,Lp]:[Pp]}cameraFor(e){let{fov:t,wxyz:n,position:r}=e,i=this.deps.frame.cameraToThree(n,r);i&&this.deps.moveOriginNear([i.px,i.py,i.pz]);let a=this.deps.frame.cameraToThree(n,r);if(!a||!(t>0&&t<Math.PI))throw Error(`the pose or field of view of the camera is invalid`);let{near:o,far:s}=this.deps.camera,c=e.width/e.height,l=new A(t*180/Math.PI,c,o,s);return l.position.set(a.px,a.py,a.pz),l.quaternion.set(a.qx,a.qy,a.qz,a.qw),l.updateMatrixWorld(),l}async drawTile(e,t){let{renderer:n}=this.deps,{w:r,h:i}=e,a=this.target.take(r,i);try{let o=t.map(async t=>{this.deps.around(()=>this.draw(e,a,t));let o=new Uint8Array(r*i*4);return await n.readRenderTargetPixelsAsync(a,0,0,r,i,o),o});return await Promise.all(o)}finally{this.target.release()}}draw({camera:e,splats:t},n,r){let{renderer:i,world:a}=this.deps,o=i.getClearColor(new z);a.frame.viewport.value.set(n.width,n.height);try{i.setRenderTarget(n),i.setClearColor(r.color??o,r.alpha),a.splats.drawWith(t,()=>i.render(a.scene,e))}finally{i.setRenderTarget(null),i.setClearColor(o,1)}}};async function zp(e){let t,n=new Promise((e,n)=>{t=setTimeout(()=>n(Error(`the graphics driver is too slow`)),Np)});try{return await Promise.race([e,n])}finally{clearTimeout(t)}}function Bp(e){return Number.isInteger(e)&&e>0&&e<=Ap}function Vp(e){return new Promise(t=>setTimeout(t,e))}function Hp(e){for(let t=3;t<e.length;t+=4)e[t]=255}async function Up(e,t,n,r,i){let a=new OffscreenCanvas(t,n);a.getContext(`2d`,{willReadFrequently:!0}).putImageData(new ImageData(e,t,n),0,0);let o=await a.convertToBlob({type:r,quality:i/100});return new Uint8Array(await o.arrayBuffer())}var Wp=class{requestFrame;waiting=null;frameWaits=!1;disposed=!1;constructor(e){this.requestFrame=e}frame(e){this.waiting?this.frameWaits=!0:e()}make(e){this.waiting?this.waiting.push(e):e()}hold(){let e=[];return this.waiting=e,()=>{if(this.waiting===e&&(this.waiting=null,!this.disposed)){for(let t of e)t();this.frameWaits&&this.requestFrame(),this.frameWaits=!1}}}dispose(){this.disposed=!0}},Gp=1e4,Kp=class{overlay;restored;lost=!1;timer;disposables=new Dt;constructor(e,t,n){this.overlay=t,this.restored=n,this.disposables.listen(e,`webglcontextlost`,e=>this.onLost(e)),this.disposables.listen(e,`webglcontextrestored`,()=>this.onRestored()),this.disposables.add(()=>clearTimeout(this.timer))}dispose(){this.disposables.dispose()}onLost(e){e.preventDefault(),this.lost=!0,this.overlay.show(`The graphics driver has lost the 3D view. Waiting for it to be restored…`),this.timer=setTimeout(()=>{this.overlay.show(`The graphics driver did not restore the 3D view. Reload the page.`)},Gp)}onRestored(){clearTimeout(this.timer),this.lost=!1,this.overlay.show(null),this.restored()}},qp=new q;qp.setWxyz(0,1,0,0);var Jp=class{root;origin;forward=new q;inverse=new q;constructor(e,t=[0,0,0]){this.root=e,this.origin=t}pointToWorld(e){return this.toWorld().apply(e)}directionToWorld(e){return this.toWorld().rotate(e)}pointToThree(e){return this.toThree().apply(e)}directionToThree(e){return this.root.rotate(e)}fixedToThree(e){return[e[0]-this.origin[0],e[1]-this.origin[1],e[2]-this.origin[2]]}cameraToWorld(e){let t=new q().compose(this.toWorld(),e),n=new q().compose(t,qp);return{wxyz:[n.qw,n.qx,n.qy,n.qz],position:[n.px,n.py,n.pz]}}cameraToThree(e,t){let n=new q;if(!n.setWxyz(...e)||!n.setPosition(...t))return null;let r=new q().compose(n,qp);return new q().compose(this.toThree(),r)}toThree(){return this.forward.copy(this.root).translate(this.origin,-1)}toWorld(){return this.inverse.invert(this.toThree())}},Yp=1e3,Xp=10,Zp=class{world;rig;dragging;constructor(e,t,n){this.world=e,this.rig=t,this.dragging=n}follow(){let{rig:e}=this,t=Math.max(Yp,Xp*e.distance);this.move(e.camera.position.toArray(),t,e.target(!1))}moveNear(e){this.move(e,Yp,e)}move(e,t,n){if(Math.hypot(...e)<=t||this.dragging())return;let{origin:r}=this.world.tree,i=n.map((e,t)=>e+r[t]),a=Math.hypot(...i)<Yp?r.map(e=>-e):n;this.world.moveOrigin(a),this.rig.shift(a)}},Qp={KeyW:[0,0,1],KeyS:[0,0,-1],KeyA:[-1,0,0],KeyD:[1,0,0],KeyQ:[0,-1,0],KeyE:[0,1,0]},$p={ArrowLeft:[1,0],ArrowRight:[-1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},em=.9,tm=3,nm=1.2,rm=.07,im=class{scope;rig;moved;held=new Set;fast=!1;velocity=[0,0,0,0,0];disposables=new Dt;constructor(e,t,n){this.scope=e,this.rig=t,this.moved=n;let r=e=>this.down(e),i=e=>{this.fast=e.shiftKey,this.held.delete(e.code)},a=()=>this.held.clear(),o=e.ownerDocument.defaultView;this.disposables.listen(o,`keydown`,r),this.disposables.listen(o,`keyup`,i),this.disposables.listen(o,`blur`,a)}update(e){let t=[0,0,0,0,0];for(let e of this.held)Qp[e]?.forEach((e,n)=>{t[n]+=e}),$p[e]?.forEach((e,n)=>{t[3+n]+=e});let n=1-Math.exp(-e/rm),r=this.velocity.map((e,r)=>e+(t[r]-e)*n),i=this.held.size===0&&r.every(e=>Math.abs(e)<.01);if(this.velocity=i?[0,0,0,0,0]:r,i)return!1;let a=em*(this.fast?tm:1)*this.rig.distance*e,[o,s,c,l,u]=r;return this.rig.fly(o*a,s*a,c*a),(l!==0||u!==0)&&this.rig.look(l*nm*e,u*nm*e),!0}dispose(){this.disposables.dispose(),this.held.clear()}down(e){this.fast=e.shiftKey,(e.code in Qp||e.code in $p)&&(e.ctrlKey||e.metaKey||e.altKey||e.defaultPrevented||!this.listens()||(e.code in $p&&e.preventDefault(),this.held.add(e.code),this.rig.taken(),this.moved()))}listens(){let e=this.scope.ownerDocument.activeElement;return!e||e===this.scope.ownerDocument.body||this.scope.contains(e)&&!e.closest(`[data-portal]`)}},am=class{p;count=0;ms=0;drawCalls=0;triangles=0;shadowsStale=!0;constructor(e){this.p=e}contentChanged(){this.shadowsStale=!0}draw(e){let{canvas:t,container:n,world:r,rig:i}=this.p,a=performance.now();this.resize();let o=this.p.fly.update(e),s=i.update(e);this.p.origin.follow(),r.flush(i.camera),r.splats.prepare(i.camera),this.updateShadows(),this.p.pointer.refreshHover(),t.renderer.render(r.scene,i.camera),this.p.gizmo.update(),r.mounts.place(i.camera,n.clientWidth,n.clientHeight),this.p.orbitOrigin.update(),this.count++;let{calls:c,triangles:l}=t.renderer.info.render;return this.drawCalls=c,this.triangles=l,this.p.reports.frameDrawn(),this.ms=performance.now()-a,s||o}drawPicture(e){this.p.outline.visible=!1,this.updateShadows();try{e()}finally{this.p.outline.visible=!0}}resize(){let{canvas:e,rig:t,world:n}=this.p,r=e.applySize();r&&(t.setAspect(r.width/r.height),n.frame.viewport.value.set(e.element.width,e.element.height),n.frame.pixelRatio.value=r.ratio,n.labels.setPixelRatio(r.ratio))}stats(){let{renderer:e}=this.p.canvas,{memory:t,programs:n}=e.info;return{frames:this.count,frameMs:this.ms,pixelRatio:e.getPixelRatio(),drawCalls:this.drawCalls,triangles:this.triangles,geometries:t.geometries,textures:t.textures,programs:n?.length??0,nodes:this.p.world.tree.size}}updateShadows(){let{rig:e,world:t,canvas:n}=this.p,r=new B(...e.target(!1));(t.lights.cover(r,e.distance)||this.shadowsStale)&&t.lights.shadows&&(n.renderer.shadowMap.needsUpdate=!0),this.shadowsStale=!1}},om=`http://www.w3.org/2000/svg`,sm=72,cm=25,lm=[`#e03131`,`#2f9e44`,`#1c64dc`],um=[`X`,`Y`,`Z`],dm=300;function fm(e){let t=[];for(let n of[0,1,2]){let r=[0,0,0];r[n]=1;let[i,a,o]=e(r);t.push({axis:n,sign:1,x:i,y:a,z:o},{axis:n,sign:-1,x:-i,y:-a,z:-o})}return t.sort((e,t)=>e.z-t.z)}var pm=class{container;rig;world;svg=document.createElementNS(om,`svg`);ends=new Map;arms=[];shown=``;constructor(e,t,n){this.container=e,this.rig=t,this.world=n;let{svg:r}=this;r.setAttribute(`viewBox`,`-36 -36 ${sm} ${sm}`),r.setAttribute(`width`,String(sm)),r.setAttribute(`height`,String(sm)),r.setAttribute(`aria-hidden`,`true`),r.setAttribute(`class`,`viser-gizmo`),Object.assign(r.style,{position:`absolute`,left:`calc(0.6rem + env(safe-area-inset-left))`,bottom:`calc(3rem + var(--viser-sheet-corner, 0px) + env(safe-area-inset-bottom))`,overflow:`visible`,pointerEvents:`none`,userSelect:`none`});for(let e of[0,1,2]){this.arms.push(this.makeArm(e));for(let t of[1,-1])this.ends.set(`${e}${t}`,this.makeEnd(e,t))}e.append(r)}update(){this.svg.style.display=this.container.clientWidth<dm?`none`:``;let e=this.rig.camera.matrixWorld.elements,t=fm(t=>{let[n,r,i]=this.world.directionToThree(t),a=t=>e[t]*n+e[t+1]*r+e[t+2]*i;return[a(0),a(4),a(8)]}),n=t.map(e=>`${e.axis}${e.sign} ${e.x.toFixed(3)} ${e.y.toFixed(3)}`).join();if(n!==this.shown){this.shown=n;for(let e of t){let t=this.ends.get(`${e.axis}${e.sign}`),[n,r]=[e.x*cm,-e.y*cm];if(t.setAttribute(`transform`,`translate(${n.toFixed(2)} ${r.toFixed(2)})`),t.style.opacity=String(.75+.25*e.z),e.sign>0){let t=this.arms[e.axis];t.setAttribute(`x2`,n.toFixed(2)),t.setAttribute(`y2`,r.toFixed(2)),this.svg.append(t)}this.svg.append(t)}}}dispose(){this.svg.remove()}makeArm(e){let t=document.createElementNS(om,`line`);return t.setAttribute(`stroke`,lm[e]),t.setAttribute(`stroke-width`,`2.5`),t.setAttribute(`stroke-linecap`,`round`),t}makeEnd(e,t){let n=document.createElementNS(om,`g`);n.style.pointerEvents=`auto`,n.style.cursor=`pointer`;let r=document.createElementNS(om,`circle`);if(r.setAttribute(`r`,t>0?`8.5`:`6`),r.setAttribute(`fill`,lm[e]),r.setAttribute(`fill-opacity`,t>0?`1`:`0.25`),r.setAttribute(`stroke`,lm[e]),r.setAttribute(`stroke-width`,t>0?`0`:`1.5`),n.append(r),t>0){let t=document.createElementNS(om,`text`);t.textContent=um[e],t.setAttribute(`text-anchor`,`middle`),t.setAttribute(`dy`,`3.6`),t.setAttribute(`fill`,`#fff`),t.setAttribute(`font-size`,`10`),t.setAttribute(`font-weight`,`600`),t.setAttribute(`font-family`,`system-ui, sans-serif`),n.append(t)}return n.addEventListener(`click`,()=>{let n=[0,0,0];n[e]=t,this.rig.lookFrom(this.world.directionToThree(n))}),n}},mm=`http://www.w3.org/2000/svg`,hm=[`#e03131`,`#2f9e44`,`#1c64dc`],gm=.14,_m=9,vm=22,ym=class{container;rig;world;changed;svg=document.createElementNS(mm,`svg`);arrows=[];ring=document.createElementNS(mm,`circle`);dragged=null;pressed=!1;on=!1;constructor(e,t,n,r){this.container=e,this.rig=t,this.world=n,this.changed=r;let{svg:i,ring:a}=this;i.setAttribute(`class`,`viser-orbit-origin`),i.setAttribute(`aria-hidden`,`true`),Object.assign(i.style,{position:`absolute`,inset:`0`,width:`100%`,height:`100%`,display:`none`,pointerEvents:`none`});for(let e of[0,1,2]){let t=document.createElementNS(mm,`line`);t.setAttribute(`stroke`,hm[e]),t.setAttribute(`stroke-width`,`4`),t.setAttribute(`stroke-linecap`,`round`),this.arrows.push(t),i.append(t,this.grip(t,e))}a.setAttribute(`r`,String(_m)),a.setAttribute(`fill`,`#ffffffb0`),a.setAttribute(`stroke`,`#d6336c`),a.setAttribute(`stroke-width`,`3`),this.listen(a,`ring`),i.append(a),e.append(i)}set shown(e){this.on=e,this.pressed=!1,this.dragged=null,this.svg.style.display=e?``:`none`,this.changed()}get shown(){return this.on}get busy(){return this.pressed}update(){if(!this.on)return;let e=this.dragged??new B(...this.rig.target(!1)),t=this.onPage(e);if(this.svg.style.visibility=t?``:`hidden`,t){this.ring.setAttribute(`cx`,t.x.toFixed(1)),this.ring.setAttribute(`cy`,t.y.toFixed(1));for(let n of[0,1,2]){let r=this.onPage(e.clone().addScaledVector(this.axis(n),gm*this.rig.distance))??t;for(let e of this.svg.querySelectorAll(`[data-axis="${n}"]`))e.setAttribute(`x1`,t.x.toFixed(1)),e.setAttribute(`y1`,t.y.toFixed(1)),e.setAttribute(`x2`,r.x.toFixed(1)),e.setAttribute(`y2`,r.y.toFixed(1))}}}dispose(){this.svg.remove()}axis(e){let t=[0,0,0];return t[e]=1,new B(...this.world.directionToThree(t))}onPage(e){let{clientWidth:t,clientHeight:n}=this.container,r=e.clone().project(this.rig.camera);return!(r.z<1)||!Number.isFinite(r.x+r.y)?null:{x:(r.x+1)/2*t,y:(1-r.y)/2*n}}ray(e){let t=this.container.getBoundingClientRect(),n=(e.clientX-t.left)/t.width*2-1,r=1-(e.clientY-t.top)/t.height*2;return new B(n,r,.5).unproject(this.rig.camera).sub(this.rig.camera.position).normalize()}grip(e,t){e.dataset.axis=String(t);let n=e.cloneNode();return n.setAttribute(`stroke`,`transparent`),n.setAttribute(`stroke-width`,String(vm)),this.listen(n,t),n}listen(e,t){Object.assign(e.style,{pointerEvents:`auto`,cursor:`move`,touchAction:`none`});let n=null;e.addEventListener(`pointerdown`,r=>{r.button===0&&(r.stopPropagation(),e.setPointerCapture(r.pointerId),this.rig.taken(),this.pressed=!0,n=this.dragOf(t,new B(...this.rig.target()),this.ray(r)))}),e.addEventListener(`pointermove`,e=>{if(!n)return;let t=n(e);Number.isFinite(t.x+t.y+t.z)&&(this.dragged=t,this.changed())});let r=e=>()=>{n=null,this.pressed=!1;let t=this.dragged;this.dragged=null,e&&t&&this.rig.lookAt([t.x,t.y,t.z]),this.changed()};e.addEventListener(`pointerup`,r(!0)),e.addEventListener(`pointercancel`,r(!1))}dragOf(e,t,n){let r=this.rig.camera.position.clone();if(e===`ring`){let e=this.rig.camera.getWorldDirection(new B),i=t.clone().sub(r).dot(e),a=t=>t.clone().multiplyScalar(i/t.dot(e)),o=a(n);return e=>t.clone().add(a(this.ray(e))).sub(o)}let i=this.axis(e),a=bm(r,n,t,i);return e=>t.clone().addScaledVector(i,bm(r,this.ray(e),t,i)-a)}};function bm(e,t,n,r){let i=e.clone().sub(n),a=t.dot(r),o=1-a*a;return o<1e-4?0:(i.dot(r)-a*i.dot(t))/o}var xm=[1,.79,.16],Sm=3.5,Cm=`
uniform vec2 viewport;
uniform float pixelRatio;
uniform bool fromCenter;
uniform vec3 center;
uniform bool hollow;
out vec4 vPoint;
flat out vec3 vEye;
#include <skinning_pars_vertex>
void main() {
  vec3 transformed = position;
  vec3 objectNormal = normal;
  #include <skinbase_vertex>
  #include <skinnormal_vertex>
  #include <skinning_vertex>
  vec3 outwards = fromCenter ? transformed - center : objectNormal;
  mat4 toClip = projectionMatrix * modelViewMatrix;
  vec4 clip = toClip * vec4(transformed, 1.0);
  vec4 ahead = toClip * vec4(transformed + outwards * 0.01, 1.0);
  vec2 way = (ahead.xy / ahead.w - clip.xy / clip.w) * viewport;
  float len = length(way);
  if (len > 1e-9) clip.xy += way / len * ${Sm.toFixed(1)} * pixelRatio * 2.0 / viewport * clip.w;
  gl_Position = clip;
  if (hollow) {
    vPoint = inverse(toClip) * clip;
    vEye = (inverse(modelViewMatrix) * vec4(0.0, 0.0, 0.0, 1.0)).xyz;
  }
}
`,wm=`
uniform vec3 color;
uniform bool hollow;
in vec4 vPoint;
flat in vec3 vEye;
out vec4 fragColor;
void main() {
  if (hollow) {
    // The distance of the pixel's ray from the sphere's center.
    vec3 along = normalize(vPoint.xyz / vPoint.w - vEye);
    vec3 nearest = vEye - dot(vEye, along) * along;
    if (dot(nearest, nearest) < 1.0) discard;
  }
  fragColor = vec4(color, 1.0);
}
`,Tm=64,Em=class{scene;frame;rims=[];spare=new Map;lines;drawn=!0;constructor(e,t){this.scene=e,this.frame=t,this.lines=new Qc(t),this.lines.setColor(xm),this.lines.setRim(Sm)}show(e){if(this.clear(),e&&`segments`in e){this.showLines(e);return}let t=e===null?[]:`geometry`in e?[e]:e;for(let e of t.slice(0,Tm))this.add(e)}set visible(e){this.drawn=e;for(let t of[...this.rims,this.lines.mesh])t.visible=e}dispose(){this.clear(),this.lines.dispose();for(let e of this.spare.values())for(let t of e)t.material.dispose()}showLines({segments:e,matrix:t,thickness:n}){let{lines:r}=this;r.setThickness(n),r.setPoints(e),r.mesh.visible=this.drawn,r.mesh.matrix.copy(t),r.mesh.matrixWorld.copy(t),this.scene.add(r.mesh)}clear(){this.lines.mesh.removeFromParent();for(let e of this.rims)e.removeFromParent(),e.geometry=Dm,this.spareOf(e instanceof ke,e.material.side===2).push(e);this.rims=[]}spareOf(e,t){let n=`${e} ${t}`,r=this.spare.get(n);if(r)return r;let i=[];return this.spare.set(n,i),i}add({geometry:e,matrix:t,fromCenter:n,hollow:r,skin:i}){let a=km(e),o=i!==void 0,s=this.spareOf(o,a.flat).pop()??this.make(o,a.flat);s.geometry=e;let{uniforms:c}=s.material;c.fromCenter.value=n||a.flat,c.center.value=a.center,c.hollow.value=r===!0,s.matrix.copy(t),s.matrixWorld.copy(t),s.visible=this.drawn,i&&s instanceof ke&&(s.skeleton=i.skeleton,s.bindMode=i.bindMode,s.bindMatrix.copy(i.bindMatrix),s.bindMatrixInverse.copy(i.bindMatrixInverse)),this.scene.add(s),this.rims.push(s)}make(e,t){let{viewport:n,pixelRatio:r}=this.frame,i=new y({glslVersion:xe,vertexShader:Cm,fragmentShader:wm,side:t?2:1,polygonOffset:t,polygonOffsetFactor:4,polygonOffsetUnits:16,uniforms:{viewport:n,pixelRatio:r,fromCenter:{value:!1},center:{value:new B},hollow:{value:!1},color:{value:xm}}}),a=e?new ke(Dm,i):new d(Dm,i);return a.matrixAutoUpdate=!1,a.frustumCulled=!1,a}},Dm=new L,Om=new WeakMap;function km(e){let t=Om.get(e);if(t&&e.boundingBox)return t;e.boundingBox||e.computeBoundingBox();let n=e.boundingBox.getSize(new B).toArray(),r=Math.min(...n)<.001*Math.max(...n),i={center:e.boundingBox.getCenter(new B),flat:r};return Om.set(e,i),i}var Am=class{el;constructor(e){this.el=document.createElement(`div`),this.el.setAttribute(`role`,`status`),Object.assign(this.el.style,{position:`absolute`,inset:`0`,display:`none`,alignItems:`center`,justifyContent:`center`,padding:`2rem`,textAlign:`center`,lineHeight:`1.5`,pointerEvents:`none`}),e.append(this.el)}show(e){this.el.textContent=e??``,this.el.style.display=e?`flex`:`none`}dispose(){this.el.remove()}},jm=class{canvas;rig;frame;v=new B;constructor(e,t,n){this.canvas=e,this.rig=t,this.frame=n}onScreen(e){let t=this.canvas.getBoundingClientRect();return[(e.clientX-t.left+.5)/t.width,(e.clientY-t.top+.5)/t.height]}threeRay(e){let{camera:t}=this.rig,[n,r]=this.onScreen(e),i=this.v.setFromMatrixPosition(t.matrixWorld),a=[i.x,i.y,i.z],o=this.v.set(n*2-1,1-r*2,.5).unproject(t);return o.x-=a[0],o.y-=a[1],o.z-=a[2],o.normalize(),{origin:a,direction:[o.x,o.y,o.z]}}worldRay(e){let{origin:t,direction:n}=this.threeRay(e);return{origin:this.frame.pointToWorld([...t]),direction:this.frame.directionToWorld([...n])}}eye(){let{camera:e}=this.rig,t=e.matrixWorld.elements,n=(e,n)=>[n*t[e],n*t[e+1],n*t[e+2]],{height:r}=this.canvas.getBoundingClientRect();return{right:n(0,1),up:n(4,1),forward:n(8,-1),pixel:2/(e.projectionMatrix.elements[5]*r),near:e.near}}ahead(){let e=this.rig.camera.getWorldDirection(this.v);return[e.x,e.y,e.z]}};function Mm({origin:e,direction:t},n){return[e[0]+t[0]*n,e[1]+t[1]*n,e[2]+t[2]*n]}function Nm(e,t,n){let{origin:r,direction:i}=e,a=n[0]*i[0]+n[1]*i[1]+n[2]*i[2],o=(n[0]*(t[0]-r[0])+n[1]*(t[1]-r[1])+n[2]*(t[2]-r[2]))/a;return Number.isFinite(o)&&o>0?Mm(e,o):null}function Pm(e){let t=[(e.ctrlKey||e.metaKey)&&`cmd/ctrl`,e.altKey&&`alt`,e.shiftKey&&`shift`].filter(Boolean);return t.length>0?t.join(`+`):null}function Fm(e,t){return e.some(e=>e.button===`left`&&(e.modifier??null)===t)}var Im=class{deps;constructor(e){this.deps=e}clicked(e){let t=Pm(e);this.clickNode(e,t),this.clickScene(e,t)}clickScene(e,t){let{filters:n,aim:r,send:i}=this.deps;if(!n.engaged(`click`,t))return;let a=r.worldRay(e);i({type:`ScenePointerMessage`,event_type:`click`,ray_origin:a.origin,ray_direction:a.direction,screen_pos:[r.onScreen(e)],modifier:t})}clickNode(e,t){let{world:n,aim:r,frame:i,send:a}=this.deps;if(n.clickable.size===0)return;n.flushNodes();let o=r.threeRay(e),s=n.pick(n.clickable,o,r.eye()),c=s?.place.effective;if(!c||!Fm(c.clicks,t))return;let l=r.worldRay(e);a({type:`SceneNodeClickMessage`,name:s.place.path,instance_index:s.hit.instance,ray_origin:l.origin,ray_direction:l.direction,screen_pos:r.onScreen(e),modifier:t,owner:c.owner,hit_position:i.pointToWorld(Mm(o,s.hit.distance))})}},Lm=50,Rm=100,zm=[`left`,`middle`,`right`];function Bm(e){return zm[e]??null}function Vm(e,t,n){return e.some(e=>e.button===t&&(e.modifier??null)===n)}var Hm=class{held;hasListener;emit;open;timer;updates=new hp(Lm,()=>this.send(`update`));constructor(e,t,n){this.held=e,this.hasListener=t,this.emit=n,this.begin()}moved(){this.open!==void 0&&this.updates.call()}keys(e){e!==this.held&&(this.held=e,this.close(),this.timer=setTimeout(()=>this.begin(),Rm))}close(){clearTimeout(this.timer),this.updates.stop(),this.open!==void 0&&(this.send(`end`),this.open=void 0)}begin(){this.hasListener(this.held)&&(this.open=this.held,this.send(`start`))}send(e){this.open!==void 0&&this.emit(e,this.open)}},Um=class{press;pressed;button;deps;pointerId;drags;place;variant;point;normal;startScreen;now;segments=null;keysNow;disposables=new Dt;constructor(e,t,n,r,i){this.press=t,this.pressed=n,this.button=r,this.deps=i,this.pointerId=e.pointerId,this.place=n.place,this.drags=e.pointerType===`mouse`?n:null,this.variant=n.place.effective,this.keysNow=Pm(e),this.point=Mm(i.aim.threeRay(e),n.distance),this.normal=i.aim.ahead(),this.startScreen=i.aim.onScreen(e),this.now={position:this.point,screen:this.startScreen},this.listenToKeys(e.view??window)}get valid(){let{place:e,variant:t}=this;return e.effective===t&&e.shown&&(t?.drags.length??0)>0}move(e){if(this.keys(e),!this.segments&&this.press.isStill(e))return;let t=Nm(this.deps.aim.threeRay(e),this.point,this.normal);this.segments??=new Hm(this.keysNow,e=>this.valid&&Vm(this.variant?.drags??[],this.button,e),(e,t)=>this.send(e,t)),this.now={position:t??this.now.position,screen:this.deps.aim.onScreen(e)},this.segments.moved()}end(e){this.move(e),this.cancel()}cancel(){this.disposables.dispose(),this.segments?.close(),this.segments=null}keys(e){this.keysNow=Pm(e),this.segments?.keys(this.keysNow)}listenToKeys(e){let t=e=>{this.keys(e),e.key===`Alt`&&e.preventDefault()};this.disposables.listen(e,`keydown`,t),this.disposables.listen(e,`keyup`,t)}send(e,t){let{variant:n,now:r,deps:i}=this;n&&i.send({type:`SceneNodeDragMessage`,phase:e,name:this.place.path,instance_index:this.pressed.instance,start_position:i.pointToWorld(this.point),start_screen_pos:this.startScreen,end_position:i.pointToWorld(r.position),end_screen_pos:r.screen,button:this.button,modifier:t,owner:n.owner})}},Wm={mouse:4,touch:12},Gm=class{pointerId;x;y;slack;constructor(e){this.pointerId=e.pointerId,this.x=e.clientX,this.y=e.clientY,this.slack=e.pointerType===`mouse`?Wm.mouse:Wm.touch}isStill(e){return Math.hypot(e.clientX-this.x,e.clientY-this.y)<=this.slack}},Km=50,qm=class{place;part;deps;pointerId;drags=null;variant;visual;creations;handleDrag;updates=new hp(Km,()=>this.update());unsent=!1;constructor(e,t,n,r){this.place=t,this.part=n,this.deps=r,this.pointerId=e.pointerId,this.variant=t.effective,this.creations=this.variant.creations,this.visual=t.visual,this.visual?.gizmoHandles?.highlight(n),this.handleDrag=this.visual?.gizmoHandles?.drag(n,r.aim.threeRay(e))??null,r.poses.startDrag(this.variant),r.send({type:`TransformControlsDragStartMessage`,...this.names()})}get valid(){let{place:e,variant:t,visual:n,creations:r}=this;return e.effective===t&&t.creations===r&&e.visual===n&&e.shown}move(e){let t=this.handleDrag?.to(this.deps.aim.threeRay(e)),n=this.place.parent?.world;t&&n&&(this.visual?.gizmoHandles?.highlight(this.part),this.deps.poses.drag(this.variant,new q().compose(new q().invert(n),t)),this.deps.requestRender(),this.unsent=!0,this.updates.call())}end(e){this.valid&&this.move(e),this.cancel()}cancel(){this.updates.stop(),this.unsent&&this.valid&&this.update(),this.handleDrag?.done(),this.deps.poses.endDrag(this.variant),this.deps.requestRender(),this.visual?.gizmoHandles?.highlight(null),this.deps.send({type:`TransformControlsDragEndMessage`,...this.names()})}names(){return{name:this.place.path,owner:this.variant.owner}}update(){this.unsent=!1;let{pose:e}=this.variant;this.deps.send({type:`TransformControlsUpdateMessage`,...this.names(),wxyz:[e.qw,e.qx,e.qy,e.qz],position:[e.px,e.py,e.pz]})}},Jm={mouse:6,touch:18};function Ym(e,t,n,r){if(e.gizmos.size===0)return null;e.flushNodes();let i=r===`mouse`?Jm.mouse:Jm.touch,a=t.threeRay(n),o=t.eye(),s=null;for(let t of e.gizmos){let e=t.shown?t.visual?.gizmoHandles?.at(a,o,i):null;e&&(!s||e.off<s.off-1||e.off<s.off+1&&e.depth<s.depth)&&(s={place:t,...e})}return s}var Xm=1,Zm=30,Qm=class{deps;at=null;node=null;grip=null;searchPending=!1;nextSearch=0;later;constructor(e){this.deps=e}moveTo(e){this.at=e;let{pressable:t,gizmos:n}=this.deps.world;this.searchPending||t.size+n.size===0||(this.searchPending=!0,requestAnimationFrame(()=>{this.searchPending=!1,this.search()}))}restAt(e){this.at=e}leave(){this.at=null,clearTimeout(this.later),this.later=void 0,this.setGrip(null),this.show(null)}refresh(){let{pressable:e,gizmos:t}=this.deps.world,n=this.deps.dragged();if(n){this.show(n);return}let r=this.at&&e.size+t.size>0;if(r&&performance.now()>=this.nextSearch)this.search();else{if(this.node){let{place:t}=this.node;this.show(e.has(t)&&t.shown?this.node:null)}r&&this.searchLater()}}searchLater(){this.later===void 0&&(this.later=setTimeout(()=>{this.later=void 0,this.search()},Math.max(0,this.nextSearch-performance.now())))}show(e){let t=this.node;this.node=e,this.deps.outline.show(e?.place.visual?.outline?.(e.instance)??null);let n=this.deps.dragged()?`grabbing`:e||this.grip?`pointer`:``,{style:r}=this.deps.canvas;r.cursor!==n&&(r.cursor=n),(t?.place!==e?.place||t?.instance!==e?.instance)&&this.deps.requestRender()}releaseHighlight(){this.grip=null}search(){let{world:e,aim:t}=this.deps;if(this.deps.dragged())return;if(!this.at||this.deps.pressed()){this.setGrip(null),this.show(null);return}e.flushNodes();let n=performance.now();if(this.setGrip(Ym(e,t,this.at,`mouse`)),this.grip){this.show(null);return}let r=e.pick(e.pressable,t.threeRay(this.at),t.eye()),i=performance.now(),a=i-n;this.nextSearch=a>Xm?i+a*Zm:0,this.show(r&&{place:r.place,instance:r.hit.instance})}setGrip(e){let t=this.grip;(t?.place!==e?.place||t?.part!==e?.part)&&(t?.place!==e?.place&&t?.place.visual?.gizmoHandles?.highlight(null),e?.place.visual?.gizmoHandles?.highlight(e.part),this.grip=e)}},$m=class{modifier;s;valid=!0;drags=null;pointerId;band;from;constructor(e,t,n){this.modifier=t,this.s=n,this.pointerId=e.pointerId,this.from={clientX:e.clientX,clientY:e.clientY},this.band=document.createElement(`div`),this.band.className=`viser-rubber-band`,Object.assign(this.band.style,{position:`absolute`,pointerEvents:`none`,boxSizing:`border-box`,border:`1.5px solid #228be6`,background:`#228be62e`,borderRadius:`2px`})}move(e){let t=this.s.container.getBoundingClientRect(),{clientX:n,clientY:r}=this.from,[i,a]=eh(n,e.clientX),[o,s]=eh(r,e.clientY);Object.assign(this.band.style,{left:`${i-t.left}px`,top:`${o-t.top}px`,width:`${a-i}px`,height:`${s-o}px`}),this.band.parentElement||this.s.container.append(this.band)}end(e){let t=this.band.parentElement!==null;if(this.band.remove(),!t)return;let n=this.s.aim.onScreen(this.from),r=this.s.aim.onScreen(e),i=e=>Math.min(1,Math.max(0,e)),[a,o]=eh(i(n[0]),i(r[0])),[s,c]=eh(i(n[1]),i(r[1]));(a!==o||s!==c)&&this.s.send({type:`ScenePointerMessage`,event_type:`rect-select`,ray_origin:null,ray_direction:null,screen_pos:[[a,s],[o,c]],modifier:this.modifier})}cancel(){this.band.remove()}};function eh(e,t){return e<t?[e,t]:[t,e]}var th=class{deps;gesture=null;press=null;aim;clicks;hover;disposables=new Dt;readOnly=!1;constructor(e){this.deps=e,this.aim=new jm(e.canvas,e.rig,e.frame),this.clicks=new Im({...e,aim:this.aim}),this.hover=new Qm({...e,aim:this.aim,dragged:()=>this.gesture?.drags??null,pressed:()=>this.gesture!==null||this.press!==null}),this.listen()}get busy(){return this.gesture!==null}setReadOnly(e){this.readOnly=e,e&&(this.abort(),this.press=null,this.hover.leave())}refreshHover(){this.gesture&&!this.gesture.valid&&this.abort(),this.hover.refresh()}dispose(){this.disposables.dispose(),this.gesture?.cancel(),this.hover.show(null)}listen(){let{canvas:e,container:t}=this.deps,n=this.disposables,r={passive:!0};n.listen(t,`pointerdown`,e=>this.down(e),{...r,capture:!0}),n.listen(e,`pointermove`,e=>this.move(e),r),n.listen(e,`pointerup`,e=>this.up(e),r),n.listen(e,`pointercancel`,e=>this.cancel(e),r),n.listen(e,`pointerleave`,()=>this.hover.leave(),r),n.listen(t,`wheel`,e=>this.wheel(e),{capture:!0,passive:!1}),n.listen(window,`keydown`,e=>this.keydown(e),{capture:!0}),n.listen(e,`contextmenu`,e=>e.preventDefault()),n.listen(window,`blur`,()=>this.abort())}focus(){let{canvas:e}=this.deps;e.dataset.pressed=``,e.focus({preventScroll:!0})}keydown(e){e.key===`Tab`&&delete this.deps.canvas.dataset.pressed}down(e){if(e.target!==this.deps.canvas)return;if(this.focus(),this.readOnly){this.deps.rig.taken();return}if(this.gesture||this.press){this.press=null;return}let t=new Gm(e),n=e.button===0?Ym(this.deps.world,this.aim,e,e.pointerType):null;e.button===0&&!n&&(this.press=t);let r=n?this.gizmoDrag(e,n):this.gestureOf(e,t);r?this.begin(r):this.deps.rig.taken(),this.hover.show(r?.drags??null)}gizmoDrag(e,{place:t,part:n}){return this.hover.releaseHighlight(),new qm(e,t,n,{aim:this.aim,poses:this.deps.world.tree.poses,send:this.deps.send,requestRender:()=>this.deps.requestRender()})}gestureOf(e,t){let n=Pm(e),r=this.dragOf(e,t,n);return r||e.button!==0?r:this.deps.filters.engaged(`rect-select`,n)?new $m(e,n,{...this.deps,aim:this.aim}):null}dragOf(e,t,n){let{world:r,frame:i,send:a}=this.deps,o=Bm(e.button);if(!o||r.draggable.size===0)return null;r.flushNodes();let s=r.pick(r.pressable,this.aim.threeRay(e),this.aim.eye());return!s||!Vm(s.place.effective?.drags??[],o,n)?null:new Um(e,t,{place:s.place,instance:s.hit.instance,distance:s.hit.distance},o,{aim:this.aim,pointToWorld:e=>i.pointToWorld(e),send:a})}begin(e){this.gesture=e,this.deps.rig.controls.enabled=!1,this.deps.canvas.setPointerCapture(e.pointerId)}endGesture(){this.gesture=null,this.deps.rig.controls.enabled=!0,this.deps.requestRender()}abort(){this.gesture&&(this.press=null,this.gesture.cancel(),this.endGesture())}move(e){let{press:t}=this;if(t&&e.pointerId===t.pointerId&&!t.isStill(e)&&(this.press=null),this.gesture){if(e.pointerId!==this.gesture.pointerId)return;this.gesture.valid?this.gesture.move(e):this.abort()}else e.pointerType!==`mouse`||e.buttons!==0||this.readOnly||this.hover.moveTo({clientX:e.clientX,clientY:e.clientY})}up(e){let t=this.press;t?.pointerId===e.pointerId&&(this.press=null),this.gesture?.pointerId===e.pointerId&&(this.gesture.end(e),this.endGesture()),t?.pointerId===e.pointerId&&e.button===0&&this.clicks.clicked(e),e.pointerType===`mouse`&&!this.readOnly&&this.hover.restAt({clientX:e.clientX,clientY:e.clientY})}cancel(e){this.press?.pointerId===e.pointerId&&(this.press=null),this.gesture?.pointerId===e.pointerId&&(this.gesture.cancel(),this.endGesture())}wheel(e){if(e.target!==this.deps.canvas||this.gesture||(this.deps.rig.taken(),!e.ctrlKey))return;e.preventDefault(),e.stopPropagation();let{controls:t}=this.deps.rig;t.dollyTo(t.distance*Math.exp(e.deltaY*.01),!0)}},nh=class{filters=new Map;set(e){let t=`${e.event_type} ${e.owner}`;e.modifiers.length===0?this.filters.delete(t):this.filters.set(t,{type:e.event_type,modifiers:e.modifiers,received:!0})}engaged(e,t){for(let n of this.filters.values())if(n.type===e&&n.modifiers.some(e=>(e??null)===t))return!0;return!1}replayStart(){for(let e of this.filters.values())e.received=!1}replayDone(){for(let[e,t]of this.filters)t.received||this.filters.delete(e)}},rh=20,ih=class{t;received={lights:!0,toneMapping:!0};warnings=0;constructor(e){this.t=e}apply(e){let t=!1;for(let n of e)try{t=this.applyOne(n)||t}catch(e){this.warnings++<rh&&console.warn(`viser: a ${n?.type} could not be applied:`,e)}this.t.rig.commit(t),t&&(this.t.world.environment.rootTurned(),this.t.reports.rootTurned())}replayStart(){this.received={lights:!1,toneMapping:!1},this.t.world.tree.replayStart(),this.t.filters.replayStart(),this.t.rig.replayStart(),this.t.world.environment.replayStart(),this.t.reports.replayStart()}replayDone(){this.t.world.tree.replayDone(),this.t.filters.replayDone(),this.t.rig.replayDone(),this.received.lights||this.t.world.lights.set(!0,!0),this.received.toneMapping||this.setToneMapping(`linear`),this.t.world.environment.replayDone(),this.t.reports.replayDone(),this.t.contentChanged()}applyOne(e){let{world:t,filters:n,rig:r}=this.t;switch(e.type){case`ScenePointerEnableMessage`:return n.set(e),!1;case`EnableLightsMessage`:return this.received.lights=!0,t.lights.set(e.enabled,e.cast_shadow),this.t.contentChanged(),!1;case`SetToneMappingMessage`:return this.received.toneMapping=!0,this.setToneMapping(e.tone_mapping),!1;case`FogMessage`:return t.environment.setFog(e),!1;case`EnvironmentMapMessage`:return t.environment.setMap(e),!1;case`GetRenderRequestMessage`:return this.t.takePicture(e),!1}return t.apply(e)?e.type===`SetOrientationMessage`&&e.name===``:(r.apply(e),!1)}setToneMapping(e){this.t.canvas.setToneMapping(e),this.t.contentChanged()}},ah=e({createSceneView:()=>oh});function oh(e){return new sh(e)}var sh=class{options;loop=new mp(e=>this.draw(e));changes=new Wp(()=>this.loop.request());canvas;world;worldFrame;rig;orbitOrigin;context;frames;messages;capture;pointer;disposables=new Dt;set;disposed=!1;constructor(e){this.options=e;let{container:t,params:n,send:r}=e,i=this.disposables,a=new nh,o=()=>this.loop.request();this.set={fixedDpr:n.fixedDpr,logCamera:n.logCamera,orbitOriginTool:n.forceOrbitOriginTool},this.canvas=i.use(new xp(t,o)),this.canvas.setPixelRatio(n.fixedDpr);let s=this.canvas.element;this.world=i.use(this.createWorld()),this.worldFrame=new Jp(this.world.tree.root.local,this.world.tree.origin),this.rig=i.use(new fp(s,n,this.worldFrame,o));let c=i.use(new im(t,this.rig,o)),l=i.use(new Em(this.world.scene,this.world.frame)),u=i.use(new Am(t));this.context=i.use(new Kp(s,u,()=>this.contextRestored()));let d=i.use(new pm(t,this.rig,this.worldFrame));this.orbitOrigin=i.use(new ym(t,this.rig,this.worldFrame,o)),this.orbitOrigin.shown=this.set.orbitOriginTool;let f=i.use(new th({canvas:s,container:t,world:this.world,rig:this.rig,frame:this.worldFrame,filters:a,outline:l,send:r,requestRender:o}));this.pointer=f;let p=new Zp(this.world,this.rig,()=>f.busy||this.orbitOrigin.busy),m=i.use(new _p(this.rig,s,{send:r,resize:()=>this.frames.resize(),logCamera:()=>this.set.logCamera}));this.frames=new am({canvas:this.canvas,container:t,world:this.world,rig:this.rig,reports:m,fly:c,origin:p,pointer:f,outline:l,gizmo:d,orbitOrigin:this.orbitOrigin}),this.capture=new Rp({renderer:this.canvas.renderer,world:this.world,frame:this.worldFrame,camera:this.rig.camera,lost:()=>this.context.lost,samples:this.canvas.samples,cssHeight:()=>Math.max(1,t.clientHeight),around:e=>this.frames.drawPicture(e),hold:()=>this.changes.hold(),moveOriginNear:e=>p.moveNear(e)}),i.use(this.capture),this.messages=new ih({canvas:this.canvas,world:this.world,rig:this.rig,reports:m,filters:a,contentChanged:()=>this.contentChanged(),takePicture:e=>this.takePicture(e)}),i.use(this.changes),i.use(this.loop),this.setDark(n.darkMode),o()}get mounts(){return this.world.mounts.list}get tree(){return this.world.model}apply(e){this.changes.make(()=>this.messages.apply(e))}replayStart(){this.changes.make(()=>this.messages.replayStart())}replayDone(){this.changes.make(()=>this.messages.replayDone())}setDark(e){this.changes.make(()=>{this.canvas.setDark(e),this.world.setDark(e),this.loop.request()})}setReadOnly(e){this.pointer.setReadOnly(e)}resetView(){this.rig.reset()}lookAlong(e,t){let n=[0,0,0];n[e]=t,this.rig.lookFrom(this.worldFrame.directionToThree(n))}lookAt(){return this.worldFrame.pointToWorld(this.rig.target())}setLookAt(e){this.rig.lookAt(this.worldFrame.pointToThree(e))}settings(){return{...this.set}}configure(e){Object.assign(this.set,e),this.orbitOrigin.shown=this.set.orbitOriginTool,this.canvas.setPixelRatio(this.set.fixedDpr)}saveCanvas(){this.changes.make(()=>{this.draw(0),this.canvas.save()})}setVisibilityOverride(e,t){this.changes.make(()=>this.world.tree.setOverride(e,t))}node(e){return this.world.tree.details(e)}edit(e,t){this.changes.make(()=>{this.world.tree.edit(e,t),this.contentChanged()})}unedit(e,t){this.changes.make(()=>{this.world.tree.unedit(e,t),this.contentChanged()})}stats(){return this.frames.stats()}dispose(){this.disposed=!0,this.disposables.dispose()}createWorld(){let e=new cf(()=>this.contentChanged(),e=>ch(e),this.options.container),{maxTextureSize:t}=this.canvas.renderer.capabilities;return e.images.maxSize=Math.min(t,8192),e.splats.maxTextureSize=t,e}draw(e){this.disposed||this.context.lost||this.changes.frame(()=>{this.frames.draw(e)&&this.loop.request()})}contentChanged(){this.frames.contentChanged(),this.world.preparing||this.loop.request()}contextRestored(){this.changes.make(()=>{this.canvas.paintBackground(),this.capture.contextRestored(),this.contentChanged()})}takePicture(e){this.capture.answer(e).then(e=>{this.disposed||this.options.send(e)})}};function ch(e){document.hidden?setTimeout(e,100):requestAnimationFrame(e)}export{Yi as a,oh as createSceneView,$i as i,na as n,K as o,ta as r,ah as t};